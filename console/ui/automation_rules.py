"""What a person typed about automatic recovery: the policy, its mistakes by field, and what it means; knows no Qt."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from console.domain.automation import AutomationMode, AutomationPolicy, Maintenance
from console.domain.text import shown
from console.ui.measures import duration, moment, number
from console.ui.speech import counted, joined, translate

ENTRIES_MAX: Final = 1_000_000_000
PAUSE_MINUTES_MAX: Final = 10_080.0  # a week
EVIDENCE_SECONDS_MAX: Final = 3_600.0
BACKUPS_HOURS_MAX: Final = 8_760.0
MAINTENANCE_MAX: Final = 20
MAINTENANCE_DAYS_MAX: Final = 31
REASON_CHARACTERS_MIN: Final = 3
RESTART_SECONDS: Final = 10.0  # what a dead primary gets to come back in place: safety.md, section 1
FORMAT: Final = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWindow:
    """One maintenance window as typed."""

    begin: str
    end: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Everything as it stands in the fields."""

    mode: AutomationMode
    loss: str
    evidence: str
    pause: str
    backups: str
    quiet_from: str
    quiet_to: str
    at_once: bool
    quorum_fence: bool
    restart_standbys: bool
    rebuild_standbys: bool
    windows: tuple[TypedWindow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong in one field; `place` counts the maintenance windows from 0, else -1."""

    field: str
    text: str
    place: int = -1


def typed_of(policy: AutomationPolicy) -> Typed:
    """A policy as it stands in the fields."""
    return Typed(
        mode=policy.mode, loss=str(policy.loss_entries_max), evidence=f"{policy.evidence_seconds:g}",
        pause=f"{policy.pause_minutes:g}", backups=f"{policy.backups_hours_max:g}",
        quiet_from="" if policy.quiet_from is None else f"{policy.quiet_from:%H:%M}",
        quiet_to="" if policy.quiet_to is None else f"{policy.quiet_to:%H:%M}",
        at_once=policy.at_once, quorum_fence=policy.quorum_fence, restart_standbys=policy.restart_standbys,
        rebuild_standbys=policy.rebuild_standbys,
        windows=tuple(
            TypedWindow(begin=one.begin.astimezone(UTC).strftime(FORMAT), end=one.end.astimezone(UTC).strftime(FORMAT),
                        reason=one.reason)
            for one in policy.maintenance
        ),
    )  # fmt: skip


def read_policy(
    typed: Typed, before: AutomationPolicy, *, person: str, now: datetime
) -> tuple[AutomationPolicy, tuple[Mistake, ...]]:
    """The policy that was typed, and what keeps it from being saved. A field with a mistake keeps what was in force."""
    wrong: list[Mistake] = []
    loss = _number("loss", typed.loss, ENTRIES_MAX, wrong, whole=True)
    evidence = _number("evidence", typed.evidence, EVIDENCE_SECONDS_MAX, wrong)
    pause = _number("pause", typed.pause, PAUSE_MINUTES_MAX, wrong)
    backups = _number("backups", typed.backups, BACKUPS_HOURS_MAX, wrong)
    begin, end = _clock("quiet_from", typed.quiet_from, wrong), _clock("quiet_to", typed.quiet_to, wrong)
    if not any(one.field.startswith("quiet") for one in wrong):
        if (begin is None) != (end is None):
            missing = "quiet_to" if end is None else "quiet_from"
            wrong.append(Mistake(field=missing, text=translate("automation", "Both ends are needed, or neither.")))
        elif begin is not None and begin == end:
            text = translate("automation", "It begins when it ends: leave both empty where nothing is to be quiet.")
            wrong.append(Mistake(field="quiet_to", text=text))
    policy = AutomationPolicy(
        mode=typed.mode, at_once=typed.at_once, quorum_fence=typed.quorum_fence,
        loss_entries_max=before.loss_entries_max if loss is None else int(loss),
        pause_minutes=before.pause_minutes if pause is None else pause,
        evidence_seconds=before.evidence_seconds if evidence is None else evidence,
        backups_hours_max=before.backups_hours_max if backups is None else backups,
        restart_standbys=typed.restart_standbys, rebuild_standbys=typed.rebuild_standbys,
        quiet_from=begin, quiet_to=end, maintenance=_windows(typed, before, person, now, wrong),
    )  # fmt: skip
    return policy, tuple(wrong)


def _number(field: str, text: str, most: float, wrong: list[Mistake], *, whole: bool = False) -> float | None:
    plain = text.strip().replace(",", "")
    digits = plain if whole else plain.replace(".", "", 1)
    if not (digits.isascii() and digits.isdecimal()) or not math.isfinite(float(plain)):
        said = translate("automation", "'{text}' is no number. Write it as 12 or 0.5; 0 is a number too.")
        if whole:
            said = translate("automation", "'{text}' is no whole number, 0 or more.")
        wrong.append(Mistake(field=field, text=said.format(text=shown(text, characters_max=40))))
        return None
    if float(plain) > most:
        said = translate("automation", "At most {most}.")
        wrong.append(Mistake(field=field, text=said.format(most=number(most))))
        return None
    return float(plain)


def _clock(field: str, text: str, wrong: list[Mistake]) -> time | None:
    plain = text.strip()
    if not plain:
        return None
    hours, colon, minutes = plain.partition(":")
    good = bool(colon) and all(one.isascii() and one.isdecimal() and len(one) <= 2 for one in (hours, minutes))
    if good and len(minutes) == 2 and int(hours) < 24 and int(minutes) < 60:
        return time(int(hours), int(minutes))
    said = translate("automation", "'{text}' is no time of day. Write it as 22:00, in UTC.")
    wrong.append(Mistake(field=field, text=said.format(text=shown(text, characters_max=40))))
    return None


def _windows(
    typed: Typed, before: AutomationPolicy, person: str, now: datetime, wrong: list[Mistake]
) -> tuple[Maintenance, ...]:
    kept = []
    for place, window in enumerate(typed.windows):
        ends = []
        for field, text in (("begin", window.begin), ("end", window.end)):
            try:
                ends.append(datetime.strptime(text.strip(), FORMAT).replace(tzinfo=UTC))
            except ValueError:
                said = translate("automation", "'{text}' is no moment. Write it as 2026-11-27 22:00, in UTC.")
                said = said.format(text=shown(text, characters_max=40))
                wrong.append(Mistake(field=field, text=said, place=place))
        mistake = _window_mistake(window, ends, now)
        if mistake is not None:
            wrong.append(Mistake(field=mistake[0], text=mistake[1], place=place))
        if len(ends) == 2:
            one = Maintenance(begin=ends[0], end=ends[1], by=person, reason=window.reason.strip())
            # Who opened a window that is left as it was stays with it.
            same = next((old for old in before.maintenance if _alike(old, one)), None)
            kept.append(same or one)
    return tuple(kept)


def _window_mistake(window: TypedWindow, ends: list[datetime], now: datetime) -> tuple[str, str] | None:
    if len(ends) == 2 and ends[1] <= ends[0]:
        return "end", translate("automation", "It has to end after it begins.")
    if len(ends) == 2 and ends[1] <= now:
        return "end", translate("automation", "It is over already: remove it.")
    if len(ends) == 2 and ends[1] - ends[0] > timedelta(days=MAINTENANCE_DAYS_MAX):
        text = translate("automation", "At most {n} days: a window that is forgotten leaves nobody to act.")
        return "end", text.format(n=MAINTENANCE_DAYS_MAX)
    if len(window.reason.strip()) < REASON_CHARACTERS_MIN:
        return "reason", translate("automation", "Say why: whoever reads it at night needs to know.")
    return None


def _alike(one: Maintenance, other: Maintenance) -> bool:
    minute = timedelta(minutes=1)
    same = abs(one.begin - other.begin) < minute and abs(one.end - other.end) < minute
    return same and one.reason == other.reason


# -- what it means ---------------------------------------------------------------------------------------------------


def meaning_sentence(policy: AutomationPolicy, cluster: str, now: datetime) -> str:
    """What this policy means, in a sentence or two that a tired person can check against what they want."""
    cluster = shown(cluster)
    if policy.mode is AutomationMode.OFF:
        text = translate("automation", "Nothing is done by itself on {cluster}: if its primary dies, a person acts.")
        return text.format(cluster=cluster)
    if policy.mode is AutomationMode.OBSERVE:
        text = translate(
            "automation",
            "Nothing is done by itself on {cluster}. What would have been done is written down ({act}), and scored by "
            "what came after.",
        )
        return text.format(cluster=cluster, act=_act(policy))
    text = translate("automation", "If the primary of {cluster} is dead, the console acts without asking: {act}.")
    said = [text.format(cluster=cluster, act=_act(policy))]
    said.append(_rest(policy))
    quiet = _quiet(policy, now)
    if quiet:
        said.append(quiet)
    return " ".join(said)


def _act(policy: AutomationPolicy) -> str:
    if policy.at_once:
        first = translate("automation", "it fails over at once, without a restart in place first")
    else:
        first = translate("automation", "it gets {time} to restart in place, then a standby is promoted").format(
            time=duration(RESTART_SECONDS)
        )
    if policy.evidence_seconds > 0:
        text = translate("automation", "{act}, once the evidence has stood for {time}")
        first = text.format(act=first, time=duration(policy.evidence_seconds))
    one = translate("automation", "at most 1 entry may be lost")
    many = translate("automation", "at most {n} entries may be lost")
    loss = counted(policy.loss_entries_max, one, many)
    if policy.loss_entries_max == 0:
        loss = translate("automation", "only if no entry is lost by it")
    text = translate("automation", "{act}, {loss}").format(act=first, loss=loss)
    silent = translate("automation", "a silent one is fenced by a command of its own whose result is read back, or "
                                     "nothing is done")  # fmt: skip
    if policy.quorum_fence:
        silent = translate("automation", "a silent one may be fenced by cutting its synchronous standbys from it")
    return translate("automation", "{text}; {silent}").format(text=text, silent=silent)


def _rest(policy: AutomationPolicy) -> str:
    if policy.pause_minutes > 0:
        text = translate("automation", "Afterwards it rests for {time}, or until a person acknowledges what it did.")
        text = text.format(time=duration(policy.pause_minutes * 60))
    else:
        text = translate("automation", "Afterwards it does not rest: it may act again at once.")
    return text


def _quiet(policy: AutomationPolicy, now: datetime) -> str:
    parts = []
    if policy.quiet_from is not None and policy.quiet_to is not None:
        text = translate("automation", "daily from {begin} to {end} UTC")
        parts.append(text.format(begin=f"{policy.quiet_from:%H:%M}", end=f"{policy.quiet_to:%H:%M}"))
    ahead = sorted((one for one in policy.maintenance if one.end > now), key=lambda one: one.begin)
    if ahead:
        text = translate("automation", "from {begin} to {end} UTC ({reason})")
        first = ahead[0]
        parts.append(text.format(begin=moment(first.begin, now, seconds=False), reason=shown(first.reason),
                                 end=moment(first.end, now, seconds=False)))  # fmt: skip
        if len(ahead) > 1:
            one, many = translate("automation", "1 more window"), translate("automation", "{n} more windows")
            parts.append(counted(len(ahead) - 1, one, many))
    if not parts:
        return ""
    return translate("automation", "It does nothing by itself {when}.").format(when=joined(parts))
