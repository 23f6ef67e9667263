"""`why` and `automation`: would it act by itself, why not, and what it may do; `watch --unit`: where it lives."""

import os
import pwd
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import console
from console.cli.automation_answers import UnitAnswer, WhyAnswer
from console.cli.face import Exit, Face, expect, failed
from console.cli.status import seconds_of
from console.domain.automation import AutomationMode, AutomationPolicy, GuardRow, Maintenance
from console.domain.text import shown
from console.link.messages import Done
from console.link.socket import Link
from console.link.watching import AcknowledgeAttempt, AskWhy, SetAutomation, WhySeen
from console.places import person_here
from console.ui.measures import duration, moment
from console.ui.why_words import (
    attempt_sentence,
    guard_observed,
    guard_threshold,
    guard_title,
    guard_why,
    mode_word,
    why_headline,
)

LOOK_SECONDS_MAX: Final = 30.0
ATTEMPTS_SHOWN: Final = 5
UNIT_NAME: Final = "ledger-console.service"
_SET: Final = ("at_once", "quorum_fence", "max_loss_entries", "evidence_seconds", "pause_minutes", "backup_hours",
               "restart_standbys", "rebuild_standbys", "maintenance")  # fmt: skip


def why(face: Face, options: Namespace) -> Exit:
    """Would it act by itself now, and why not: every guard with what was observed, the limit, source and age."""
    with face.link() as link:
        seen = _asked(link, options.cluster)
    _print(face, seen, guards=True)
    return Exit.DONE


def automation(face: Face, options: Namespace) -> Exit:
    """Show what may be done by itself, set it, or acknowledge what was done."""
    with face.link() as link:
        before = _asked(link, options.cluster)
        if options.word == "ack":
            attempt = options.attempt or before.unacknowledged
            if not attempt:
                raise failed("nothing-to-acknowledge", "no act of automation waits to be acknowledged",
                             where=options.cluster, then="see 'ledger-console automation CLUSTER'")  # fmt: skip
            question = AcknowledgeAttempt(cluster=options.cluster, attempt=attempt, note=options.reason)
            expect(link.ask(question), Done, where=options.cluster)
            seen = _asked(link, options.cluster)
        elif options.word or _named(options):
            policy = _changed(before.policy, options)
            asked = SetAutomation(cluster=options.cluster, policy=policy, reason=options.reason)
            seen = expect(link.ask(asked, seconds_max=LOOK_SECONDS_MAX), WhySeen, where=options.cluster)
        else:
            seen = before
    _print(face, seen, guards=False)
    return Exit.DONE


def unit(face: Face, _: Namespace) -> Exit:
    """Print a systemd unit that keeps this home's engine running; nothing is installed."""
    text = unit_text(home=str(face.home.directory), account=pwd.getpwuid(os.geteuid()).pw_name)
    face.print(UnitAnswer(unit=text, name=UNIT_NAME), text.splitlines())
    return Exit.DONE


def unit_text(*, home: str, account: str) -> str:
    """The unit: started with the host, again after a fault, ended in good order."""
    frozen = bool(getattr(sys, "frozen", False))
    program = [sys.executable] if frozen else [sys.executable, "-m", "console"]
    checkout = Path(console.__file__).resolve().parents[1]
    path = "" if frozen else f"Environment={_quoted(f'PYTHONPATH={checkout}')}\n"
    command = " ".join(_quoted(word).replace("$", "$$") for word in (*program, "--home", home, "watch"))
    return (
        f"# Save it as /etc/systemd/system/{UNIT_NAME}, then: systemctl enable --now {UNIT_NAME}\n"
        "[Unit]\n"
        "Description=Ledger Console, the engine that watches and recovers\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n"
        "StartLimitIntervalSec=0\n"
        "\n"
        "[Service]\n"
        "Type=exec\n"
        f"User={account}\n"
        f"{path}"
        f"ExecStart={command}\n"
        "WorkingDirectory=/\n"
        "Restart=on-failure\n"
        "RestartSec=1\n"
        "KillMode=mixed\n"
        "TimeoutStopSec=30\n"
        "UMask=0077\n"
        "LimitNOFILE=65536\n"
        "OOMScoreAdjust=-900\n"
        "NoNewPrivileges=yes\n"
        "ProtectSystem=full\n"
        "\n"
        "[Install]\n"
        "WantedBy=multi-user.target\n"
    )


def _quoted(word: str) -> str:
    """A word as systemd reads it back: no specifier and no escape of its own."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{plain}"'


def _asked(link: Link, cluster: str) -> WhySeen:
    seen: WhySeen = expect(link.ask(AskWhy(cluster=cluster), seconds_max=LOOK_SECONDS_MAX), WhySeen, where=cluster)
    return seen


def _named(options: Namespace) -> bool:
    return options.quiet != () or any(getattr(options, name) is not None for name in _SET)


def _changed(policy: AutomationPolicy, options: Namespace) -> AutomationPolicy:
    """The policy with what was named; all else as it stands."""
    named = {
        "at_once": options.at_once, "quorum_fence": options.quorum_fence,
        "loss_entries_max": options.max_loss_entries, "evidence_seconds": options.evidence_seconds,
        "pause_minutes": options.pause_minutes, "backups_hours_max": options.backup_hours,
        "restart_standbys": options.restart_standbys, "rebuild_standbys": options.rebuild_standbys,
    }  # fmt: skip
    policy = replace(policy, **{name: value for name, value in named.items() if value is not None})
    if options.word:
        policy = replace(policy, mode=AutomationMode(options.word))
    if options.quiet != ():
        begin, end = options.quiet or (None, None)
        policy = replace(policy, quiet_from=begin, quiet_to=end)
    if options.maintenance is not None:
        policy = replace(policy, maintenance=_maintenance(options))
    return policy


def _maintenance(options: Namespace) -> tuple[Maintenance, ...]:
    if options.maintenance == "0":
        return ()
    try:
        seconds = seconds_of(options.maintenance)
    except ValueError as error:
        raise failed("usage", f"{error}", code=Exit.USAGE) from error
    now = datetime.now(UTC)
    return (Maintenance(begin=now, end=now + timedelta(seconds=seconds), by=person_here(), reason=options.reason),)


def _print(face: Face, seen: WhySeen, *, guards: bool) -> None:
    answer = WhyAnswer(
        sentence=why_headline(seen.why), why=seen.why, policy=seen.policy, attempts=seen.attempts,
        unacknowledged=seen.unacknowledged, acting=seen.acting,
    )  # fmt: skip
    lines = [answer.sentence]
    lines += _guard_lines(seen) if guards else _policy_lines(seen)
    if seen.acting:
        lines.append(f"Another console acts for this cluster: {shown(seen.acting)}.")
    if seen.attempts:
        lines += ["", "What it did:", *(f"  {attempt_sentence(one)}" for one in seen.attempts[:ATTEMPTS_SHOWN])]
    if seen.unacknowledged:
        lines.append(f"It pauses until somebody has seen that: 'ledger-console automation {seen.why.cluster} ack'.")
    face.print(answer, lines)


def _guard_lines(seen: WhySeen) -> list[str]:
    return [f"  {_mark(row)} {guard_title(row):<22}{_figures(row)}" for row in seen.why.rows]


def _mark(row: GuardRow) -> str:
    return {True: "yes", False: "NO ", None: "?  "}[row.holds]


def _figures(row: GuardRow) -> str:
    observed, threshold = guard_observed(row), guard_threshold(row)
    text = observed if row.threshold is None or row.threshold == row.observed else f"{observed} (wanted: {threshold})"
    reason = f": {guard_why(row)}" if row.holds is not True and row.reason else ""
    at = f", {moment(row.at, row.at)}" if row.at is not None else ""
    return f"{text}{reason}  [{shown(row.source)}{at}]"


def _policy_lines(seen: WhySeen) -> list[str]:
    policy = seen.policy
    restart = "at once" if policy.at_once else "after a restart in place was tried"
    lines = [
        f"  Mode: {mode_word(policy.mode)}; a dead primary is replaced {restart}.",
        f"  At most {policy.loss_entries_max:,} entries may be lost; the evidence has to stand for "
        f"{duration(policy.evidence_seconds)}.",
        f"  Fence by quorum: {'allowed' if policy.quorum_fence else 'not allowed'}. Pause after an act: "
        f"{duration(policy.pause_minutes * 60)}.",
        "  Backups: not asked." if not policy.backups_hours_max
        else f"  The newest complete backup is at most {duration(policy.backups_hours_max * 3600)} old.",
        f"  Killed standbys are {'' if policy.restart_standbys else 'not '}started again, "
        f"lost ones are {'' if policy.rebuild_standbys else 'not '}rebuilt.",
    ]  # fmt: skip
    if policy.quiet_from is not None and policy.quiet_to is not None:
        lines.append(f"  Nothing by itself from {policy.quiet_from:%H:%M} to {policy.quiet_to:%H:%M} UTC.")
    for one in policy.maintenance:
        why = f": {shown(one.reason)}" if one.reason else ""
        lines.append(f"  Maintenance until {one.end:%Y-%m-%d %H:%M} UTC, by {shown(one.by)}{why}.")
    return lines
