"""The words of the restore wizard: steps and answers, moments, what a restore needs and changes; knows no Qt."""

from datetime import datetime
from typing import Final

from console.domain.backup import Backup, BackupsView
from console.domain.restore import Anchor, Anchors, Chosen, Goal, Target, TargetKind, Unfit
from console.domain.run import RunState
from console.domain.text import shown
from console.ui import restore_flow as flow
from console.ui.backup_sentences import about
from console.ui.backup_state import Proof, marks_of, proof_of
from console.ui.backup_words import day, kind_word, reason_clause, stamp
from console.ui.cron_words import month_long, weekday_long
from console.ui.measures import bytes_text, number
from console.ui.restore_flow import Draft, Part
from console.ui.speech import translate


def goal_word(goal: Goal) -> str:
    words = {
        Goal.INSPECT: translate("restore", "sandbox"),
        Goal.NODE: translate("restore", "one node"),
        Goal.CLUSTER: translate("restore", "whole cluster"),
    }
    return words[goal]


def title(draft: Draft) -> str:
    return translate("restore", "Restore of {cluster}").format(cluster=shown(draft.cluster, characters_max=60))


def part_name(part: Part, goal: Goal) -> str:
    if part is Part.RUN and goal is Goal.CLUSTER:
        return translate("restore", "Lay out, stop the ledger")
    if part is Part.PROOF and goal is Goal.NODE:
        return translate("restore", "Follows, proven")
    if part is Part.OPEN and goal is Goal.INSPECT:
        return translate("restore", "Open, read-only, proven")
    return _PARTS[part]()


_PARTS: Final = {
    Part.GOAL: lambda: translate("restore", "Goal"),
    Part.POINT: lambda: translate("restore", "Point in time"),
    Part.CHAIN: lambda: translate("restore", "Source chain"),
    Part.TARGET: lambda: translate("restore", "Target"),
    Part.SPACE: lambda: translate("restore", "Space and time"),
    Part.PREVIEW: lambda: translate("restore", "Preview"),
    Part.APPROVAL: lambda: translate("restore", "Approval"),
    Part.RUN: lambda: translate("restore", "Run"),
    Part.OPEN: lambda: translate("restore", "Open, read-only"),
    Part.PROOF: lambda: translate("restore", "Proof of books"),
    Part.ACCEPT: lambda: translate("restore", "Accept or roll back"),
    Part.PLACE: lambda: translate("restore", "Put in place"),
    Part.REPORT: lambda: translate("restore", "Report"),
}
_NEXT: Final = {
    Part.POINT: lambda: translate("restore", "Next: point in time"),
    Part.CHAIN: lambda: translate("restore", "Next: source chain"),
    Part.TARGET: lambda: translate("restore", "Next: target"),
    Part.SPACE: lambda: translate("restore", "Next: space and time"),
    Part.PREVIEW: lambda: translate("restore", "Next: preview"),
    Part.APPROVAL: lambda: translate("restore", "Next: approve"),
}


def band(draft: Draft, part: Part) -> str:
    """What is written above a step of the rail where something begins; empty for the others."""
    if part is Part.GOAL:
        return translate("restore", "Nothing on any node changes")
    if part is Part.RUN:
        if draft.goal is Goal.INSPECT:
            return translate("restore", "From here a copy is written")
        return translate("restore", "From here the target is written")
    if part is Part.ACCEPT:
        return translate("restore", "The old data directory is kept until here")
    return ""


def answer(draft: Draft, part: Part, now: datetime) -> str:
    """What stands at the right of a step: what was answered."""
    if not flow.is_done(draft, part):
        return ""
    match part:
        case Part.GOAL:
            return goal_word(draft.goal)
        case Part.POINT:
            return target_brief(draft.target, now)
        case Part.CHAIN:
            return shown(draft.chosen.repository, characters_max=30) if draft.chosen is not None else ""
        case Part.TARGET:
            return shown(draft.node, characters_max=30)
        case Part.SPACE:
            seconds = _seconds(draft)
            return translate("restore", "about {time}").format(time=about(seconds)) if seconds is not None else ""
        case _:
            return ""


def _seconds(draft: Draft) -> float | None:
    if draft.plan is not None and draft.plan.expected_seconds is not None:
        return draft.plan.expected_seconds
    return draft.chosen.expected_seconds if draft.chosen is not None else None


def next_text(draft: Draft) -> str:
    if draft.at is Part.PREVIEW and draft.goal is Goal.INSPECT:
        return translate("restore", "Restore and show")
    if draft.at is Part.APPROVAL:
        if draft.goal is Goal.NODE:
            return translate("restore", "Restore {node} now").format(node=shown(draft.node, characters_max=40))
        name = shown(draft.cluster, characters_max=40)
        return translate("restore", "Restore {cluster} now").format(cluster=name)
    following = flow.after(draft, draft.at)
    words = _NEXT.get(following) if following is not None else None
    return words() if words is not None else translate("restore", "Done")


def leaving_text(draft: Draft) -> str:
    run, job = draft.run, draft.job
    ended = run is not None and run.state in flow.ENDED
    if job is not None and job.state in flow.JOB_ENDED:
        ended = True
    if ended:
        return translate("restore", "Leave")
    if flow.begun(draft):
        return translate("restore", "Leave, it goes on")
    return translate("restore", "Leave, nothing was changed")


def left_notice(draft: Draft) -> str:
    """What is said once after leaving."""
    name = shown(draft.cluster, characters_max=60)
    if draft.run is not None and draft.run.state is RunState.WAITING:
        text = translate("restore", "Nothing was changed. The restore of {cluster} waits for its approval: Recovery.")
        return text.format(cluster=name)
    if draft.run is not None and draft.run.state not in flow.ENDED:
        text = translate("restore", "The restore of {cluster} goes on without this page. The Recovery page shows it.")
        return text.format(cluster=name)
    if draft.job is not None and draft.job.state not in flow.JOB_ENDED:
        text = translate("restore", "The copy of {cluster} is made without this page. The Backups page shows it.")
        return text.format(cluster=name)
    if draft.job is not None or draft.run is not None:
        return ""
    return translate("restore", "Left. No node of {cluster} was changed.").format(cluster=name)


def rail_foot(draft: Draft) -> str:
    if draft.goal is Goal.INSPECT:
        return translate("restore", "Goal: inspect in a sandbox. No step touches the running cluster.")
    if flow.begun(draft):
        return translate("restore", "Journaled after each step. Closing this window stops nothing.")
    text = translate("restore", "Nothing on any node changes before step {n}. Closing this window loses nothing.")
    return text.format(n=flow.first_change(draft))


# Moments


def moment_long(at: datetime) -> str:
    """'Monday 16 March 2026, 18:00:00 UTC'."""
    text = translate("restore", "{weekday} {day} {month} {year}, {clock} UTC")
    return text.format(weekday=weekday_long(at.isoweekday() % 7), day=at.day, month=month_long(at.month), year=at.year,
                       clock=f"{at:%H:%M:%S}")  # fmt: skip


def target_sentence(target: Target) -> str:
    """'Back to Monday 16 March 2026, 18:00:00 UTC'."""
    match target.kind:
        case TargetKind.LATEST:
            return translate("restore", "Back to the latest moment: all WAL that there is")
        case TargetKind.TIME if target.time is not None:
            return translate("restore", "Back to {moment}").format(moment=moment_long(target.time))
        case TargetKind.POSITION:
            return translate("restore", "Back to position {lsn}").format(lsn=target.position)
        case TargetKind.NAME:
            name = shown(target.name, characters_max=80)
            return translate("restore", "Back to the restore point '{name}'").format(name=name)
        case TargetKind.BEFORE_ENTRY:
            return translate("restore", "Back to just before entry {n}").format(n=number(target.entry or 0))
        case TargetKind.AFTER_ENTRY:
            return translate("restore", "Back to just after entry {n}").format(n=number(target.entry or 0))
        case _:
            return translate("restore", "Back to a moment that was not named")


def target_brief(target: Target, now: datetime) -> str:
    """For the rail, and what a sandbox is called by."""
    match target.kind:
        case TargetKind.TIME if target.time is not None:
            return stamp(target.time, now, seconds=True)
        case TargetKind.POSITION:
            return str(target.position)
        case TargetKind.NAME:
            return shown(target.name, characters_max=40)
        case TargetKind.BEFORE_ENTRY:
            return translate("restore", "before entry {n}").format(n=number(target.entry or 0))
        case TargetKind.AFTER_ENTRY:
            return translate("restore", "after entry {n}").format(n=number(target.entry or 0))
        case _:
            return translate("restore", "latest")


def anchor_word(kind: str) -> str:
    known = _ANCHORS.get(kind)
    return known() if known else shown(kind, characters_max=30).replace("-", " ")


_ANCHORS: Final = {
    "end-of-day": lambda: translate("restore", "end of day"),
    "restore-point": lambda: translate("restore", "named point"),
    "backup": lambda: translate("restore", "backup"),
    "change": lambda: translate("restore", "change"),
}


def anchor_title(anchor: Anchor) -> str:
    """An anchor by the name that people have for it."""
    name = shown(anchor.name, characters_max=60)
    if anchor.kind == "end-of-day":
        return translate("restore", "end of day {day}").format(day=name)
    if anchor.kind == "backup":
        return translate("restore", "end of a backup")
    return name


def anchor_target(anchor: Anchor) -> Target:
    """A named point is reached by its name; any other by its moment."""
    if anchor.kind == "restore-point":
        return Target(kind=TargetKind.NAME, name=anchor.name, time=None)
    return flow.at_time(anchor.at)


# Fit or not


def fit_sentence(draft: Draft, asking: bool) -> str:
    if draft.unfit is not None:
        return translate("restore", "This can't be had. The nearest that can stand beside it.")
    if draft.chosen is None:
        if asking:
            return translate("restore", "Asking whether the chain and all WAL up to there are present …")
        return translate("restore", "Not asked yet")
    if draft.chosen.place is not None and draft.chosen.place.booked_at is not None:
        text = translate("restore", "Entry {n} was booked at {at}. Restorable: chain and all WAL up to there are "
                                    "present.")  # fmt: skip
        place = draft.chosen.place
        return text.format(n=number(place.entry), at=f"{place.booked_at:%Y-%m-%d %H:%M:%S} UTC")
    return translate("restore", "Restorable: the chain and all WAL up to there are present.")


def unfit_sentence(unfit: Unfit, said: str) -> str:
    """'13 Mar 23:40 was refused: WAL is missing there.'"""
    known = _UNFIT.get(unfit.reason)
    reason = known() if known else reason_clause(unfit.reason)
    text = translate("restore", "{said} was refused: {reason}.")
    sentence = text.format(said=said, reason=reason)
    if unfit.detail:
        sentence = translate("restore", "{said} ({detail})").format(
            said=sentence, detail=shown(unfit.detail, characters_max=160)
        )
    return sentence


_UNFIT: Final = {
    "no-backup": lambda: translate("restore", "there is no backup yet"),
    "no-repository": lambda: translate("restore", "no repository could be read"),
    "before-first-backup": lambda: translate("restore", "it lies before the first backup"),
    "before-backup-end": lambda: translate("restore", "a backup is consistent only from its end on"),
    "wal-missing": lambda: translate("restore", "WAL is missing there"),
    "wal-damaged": lambda: translate("restore", "WAL is damaged there"),
    "after-last-wal": lambda: translate("restore", "it lies beyond the last WAL that was kept"),
    "time-without-zone": lambda: translate("restore", "the time names no zone"),
    "entry-not-known": lambda: translate("restore", "no node knows where that entry was committed"),
    "no-such-timeline": lambda: translate("restore", "the repository holds no such timeline"),
    "chain-broken": lambda: translate("restore", "a backup of the chain is missing or broken"),
    "other-system": lambda: translate("restore", "the backups are of another system identifier"),
}


def refused_field(kind: TargetKind, text: str) -> str:
    """What was typed can't be read as what the field asks."""
    forms = {
        TargetKind.TIME: translate("restore", "a time as 2026-03-16 18:00:00, in UTC unless it says otherwise"),
        TargetKind.POSITION: translate("restore", "a position as 59/C40A11F8"),
        TargetKind.BEFORE_ENTRY: translate("restore", "the number of an entry"),
        TargetKind.AFTER_ENTRY: translate("restore", "the number of an entry"),
        TargetKind.NAME: translate("restore", "the name of a restore point"),
        TargetKind.LATEST: "",
    }
    said = translate("restore", "'{text}' is not {form}.")
    return said.format(text=shown(text, characters_max=40), form=forms[kind])


# Chain, proof, difference


def chain_text(chosen: Chosen, view: BackupsView, now: datetime) -> tuple[str, str]:
    """'full 15 Mar + incremental 16 Mar', 'and 5,204 segments of WAL'."""
    known = {one.id: one for seen in view.repositories if seen.spec.name == chosen.repository for one in seen.backups}
    chain = [known.get(one) for one in chosen.chain]
    days = [one.begun_at.date() for one in chain if one is not None]
    told = stamp if len(set(days)) < len(days) else day
    words = [f"{kind_word(one.kind)} {told(one.begun_at, now)}" if one is not None else shown(name, characters_max=40)
             for one, name in zip(chain, chosen.chain, strict=True)]  # fmt: skip
    if len(words) > 3:
        words = [words[0], translate("restore", "{n} more").format(n=len(words) - 2), words[-1]]
    text = translate("restore", " + ").join(words)
    if chosen.wal_bytes is None:
        return text, translate("restore", "how much WAL is not known")
    return text, translate("restore", "and {bytes} of WAL, all present").format(bytes=bytes_text(chosen.wal_bytes))


def proven_text(chosen: Chosen, view: BackupsView, now: datetime) -> tuple[str, str]:
    """What was proven of the chain; the WAL after it never is by that."""
    last = chain_end(chosen, view)
    if last is None:
        return translate("restore", "not known"), ""
    marks = marks_of(view, last)
    match proof_of(last, marks):
        case Proof.PROVEN:
            at = max(one.at for one in marks.values())
            text = translate("restore", "restored with whole books, {at}")
            return translate("restore", "backups yes, WAL not checked"), text.format(at=stamp(at, now))
        case Proof.READ:
            return translate("restore", "read back only"), translate("restore", "never restored on trial")
        case Proof.FAILED | Proof.BROKEN:
            return translate("restore", "a check failed"), translate("restore", "see the Backups page")
        case Proof.NONE:
            return translate("restore", "not checked"), translate("restore", "the restore itself proves it")


def chain_end(chosen: Chosen, view: BackupsView) -> Backup | None:
    last = chosen.chain[-1] if chosen.chain else ""
    return next(
        (one for seen in view.repositories for one in seen.backups
         if seen.spec.name == chosen.repository and one.id == last), None,
    )  # fmt: skip


def against_live(draft: Draft, anchors: Anchors | None, head: int | None) -> tuple[str, str]:
    """'518,006 entries fewer', and what that means for this goal."""
    fewer, counted = entries_fewer(draft, anchors, head), False
    if fewer is None and draft.target.time is not None:
        fewer = counted_after(draft.target.time, anchors, head)
        counted = fewer is not None
    if draft.goal is Goal.INSPECT:
        below = translate("restore", "the sandbox only: live keeps them all")
    elif draft.goal is Goal.NODE:
        below = translate("restore", "the node then replays them from its upstream")
    else:
        below = translate("restore", "they go from the ledger, and are named in the report")
    if fewer is None and anchors is not None and anchors.trouble:
        why = translate("restore", "the entries could not be counted: {reason}; {below}")
        return translate("restore", "not known"), why.format(reason=reason_clause(anchors.trouble), below=below)
    if fewer is None:
        return translate("restore", "not known yet"), below
    if counted:
        below = translate("restore", "counted by booking times; {below}").format(below=below)
        return translate("restore", "about {n} entries fewer").format(n=number(fewer)), below
    if fewer == 0:
        return translate("restore", "nothing missing"), below
    return translate("restore", "{n} entries fewer").format(n=number(fewer)), below


def counted_after(at: datetime, anchors: Anchors | None, head: int | None) -> int | None:
    """About how many entries were booked after a moment: from the nearest anchor whose entry is known, by the parts
    of the range between. None where the moment lies outside of the range, or no such anchor lies within.
    """
    if anchors is None or anchors.trouble or not anchors.entries or not anchors.begin <= at <= anchors.end:
        return None
    known = [(one.at, after) for one in anchors.anchors if anchors.begin <= one.at <= anchors.end
             and (after := _after_anchor(one, anchors.head_number)) is not None]  # fmt: skip
    if not known:
        return None
    near, after = min(known, key=lambda one: abs(one[0] - at))
    between = _booked(anchors, min(near, at), max(near, at))
    since = max(0, head - anchors.head_number) if head is not None and anchors.head_number is not None else 0
    return max(0, round(after + (between if at < near else -between))) + since


def _after_anchor(anchor: Anchor, head: int | None) -> int | None:
    if anchor.entries_after is not None or anchor.entry is None or head is None:
        return anchor.entries_after
    return max(0, head - anchor.entry)


def _booked(anchors: Anchors, begin: datetime, end: datetime) -> float:
    """The entries between two moments of the range; a part that is cut counts by its share."""
    width = (anchors.end - anchors.begin) / len(anchors.entries)
    total = 0.0
    for place, count in enumerate(anchors.entries):
        opens = anchors.begin + place * width
        shared = min(end, opens + width) - max(begin, opens)
        total += count * max(0.0, shared / width)
    return total


def anchor_at(target: Target, anchors: Anchors | None) -> Anchor | None:
    """The anchor that stands at exactly this moment."""
    for one in anchors.anchors if anchors is not None else ():
        same = target.time is not None and abs((one.at - target.time).total_seconds()) < 1
        named = target.kind is TargetKind.NAME and one.kind == "restore-point" and one.name == target.name
        if same or named:
            return one
    return None


def entry_of(draft: Draft, anchors: Anchors | None) -> int | None:
    """The last entry that stands in the books at that moment, where it is known."""
    target = draft.target
    if target.entry is not None:
        return target.entry - 1 if target.kind is TargetKind.BEFORE_ENTRY else target.entry
    anchor = anchor_at(target, anchors)
    return anchor.entry if anchor is not None else None


def entries_fewer(draft: Draft, anchors: Anchors | None, head: int | None) -> int | None:
    """By the entry that is named, else by an anchor at exactly this moment; nothing is guessed between them."""
    target = draft.target
    if target.kind is TargetKind.LATEST:
        return 0
    known = head if head is not None else anchors.head_number if anchors is not None else None
    if target.entry is not None and known is not None:
        last = target.entry - 1 if target.kind is TargetKind.BEFORE_ENTRY else target.entry
        return max(0, known - last)
    anchor = anchor_at(target, anchors)
    return anchor.entries_after if anchor is not None else None
