"""The card of the policy: what comes next by the calendar, what is kept, and what would go."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.backup import BackupsView, NextRun
from console.domain.backup_policy import Scheduler
from console.domain.schedule import Cron, CronTrouble, runs_after, zone_of
from console.domain.text import shown
from console.link.backups import Expiry, OrderSchedule, ScheduleSeen
from console.ui import theme
from console.ui.backup_figures import kept_text
from console.ui.backup_state import (
    jobs_running,
)
from console.ui.backup_words import (
    cycle_word,
    reason_clause,
    stamp,
)
from console.ui.chip import Chip
from console.ui.controls import Rule, Says
from console.ui.flow import Flow
from console.ui.link_act import LinkAct
from console.ui.measures import bytes_text, number, weekday
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_parts import Panel, clear

RUNS_SHOWN_MAX: Final = 5


class PolicyPanel(Panel):
    """What comes next by the calendar, what is kept, and what would go."""

    change_wanted = Signal()
    preview_wanted = Signal()
    expire_wanted = Signal(object)  # Expiry that a person has read
    wants = Signal(object)  # OrderSchedule

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("backup", "Policy and next runs"), parent=parent)
        self.change = LinkAct(translate("backup", "Change …"))
        self.change.clicked.connect(self.change_wanted)
        self.put_right(self.change)
        self._runs = QGridLayout()
        self._runs.setHorizontalSpacing(theme.grid(4))
        self._runs.setVerticalSpacing(theme.grid(1.5))
        self._runs.setColumnStretch(1, 1)
        self._shown: tuple[object, ...] = ()
        self._none = Says(token=Token.TEXT_MUTED)
        self._kept = Says(size_em=SMALL)
        self._expiry = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.preview = Chip(translate("backup", "What would go?"))
        self.preview.clicked.connect(self.preview_wanted)
        self.expire = Chip(translate("backup", "Take these away"))
        self.expire.clicked.connect(self._expire)
        self.expire.hide()
        self._told: Expiry | None = None
        self._cluster = ""
        self._schedule = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.compare = Chip(translate("backup", "Compare the crontab"))
        self.install = Chip(translate("backup", "Install it there"))
        self.compare.clicked.connect(lambda: self._order("compare"))
        self.install.clicked.connect(lambda: self._order("install"))
        self.install.hide()
        buttons = QWidget()
        flow = Flow(buttons, gap=theme.grid(2))
        for chip in (self.preview, self.expire, self.compare, self.install):
            flow.addWidget(chip)
        self.put(self._none)
        self.put(self._runs)
        self.put(Rule())
        self.put(self._kept)
        self.put(self._expiry)
        self.put(self._schedule)
        self.put(buttons)
        self.end()

    def show_view(self, view: BackupsView, now: datetime, *, live: bool) -> None:
        for act in (self.change, self.preview, self.compare, self.install):
            act.setEnabled(live)
        if view.cluster != self._cluster:
            self._cluster = view.cluster
            self._schedule.say("")
            self.install.hide()
        self.compare.setVisible(view.policy.scheduler is Scheduler.CRONTAB)
        self._kept.say(kept_text(view.policy))
        runs = next_of_each(view, now)[:RUNS_SHOWN_MAX]
        self._none.say("" if runs else translate("backup", "Nothing is planned: backups are made by hand only."))
        if (runs, now.date()) == self._shown:
            return
        self._shown = (runs, now.date())
        clear(self._runs)
        for place, run in enumerate(runs):
            when = translate("backup", "{weekday} {clock}")
            at = when.format(weekday=weekday(run.at.weekday()), clock=f"{run.at:%H:%M}")
            if (run.at - now).days >= 6:
                at = stamp(run.at, now)
            self._runs.addWidget(Says(at, size_em=SMALL, bold=True, wraps=False), place, 0)
            what = translate("backup", "{what} on {repository}")
            said = what.format(what=cycle_word(run.what), repository=shown(run.repository, characters_max=40))
            self._runs.addWidget(Says(said, size_em=SMALL), place, 1)

    def show_expiry(self, expiry: Expiry, view: BackupsView, now: datetime) -> None:
        """What the retention would take away now; nothing goes before a person pressed it."""
        self._told = expiry
        self._expiry.say(expiry_text(expiry, now))
        busy = bool(jobs_running(view, expiry.repository))
        self.expire.setVisible(bool(expiry.backups) and not expiry.refused)
        self.expire.setEnabled(not busy)

    def _order(self, act: str) -> None:
        self.wants.emit(OrderSchedule(cluster=self._cluster, act=act))

    def show_schedule(self, seen: ScheduleSeen) -> None:
        """The block in the host's crontab held against the policy."""
        if seen.cluster != self._cluster:
            return
        self._schedule.say(schedule_text(seen))
        self.install.setVisible(not seen.same)

    def clear_expiry(self) -> None:
        """What was previewed no longer holds."""
        self._told = None
        self._expiry.say("")
        self.expire.hide()

    def _expire(self) -> None:
        if self._told is not None:
            self.expire_wanted.emit(self._told)


def schedule_text(seen: ScheduleSeen) -> str:
    """Is the host's crontab as the policy wants it, and in how many lines is it not?"""
    node = shown(seen.node, characters_max=60)
    if seen.same:
        return translate("backup", "The crontab of {node} is as the policy wants it.").format(node=node)
    lacks = sum(1 for line in seen.wanted if line not in seen.there)
    more = sum(1 for line in seen.there if line not in seen.wanted)
    text = translate("backup", "The crontab of {node} is not as the policy wants it: {lacks} lines missing, {more} too "
                               "many.")  # fmt: skip
    return text.format(node=node, lacks=number(lacks), more=number(more))


def expiry_text(expiry: Expiry, now: datetime) -> str:
    """'7 backups would go, 1.31 TB; the restorable start moves to 15 Mar 01:23.'"""
    if expiry.refused:
        text = translate("backup", "Nothing may go: {reason}.")
        return text.format(reason=reason_clause(expiry.refused))
    if not expiry.backups:
        return translate("backup", "Nothing would go: all that there is, is kept.")
    said = counted(
        len(expiry.backups), translate("backup", "1 backup would go"), translate("backup", "{n} backups would go")
    )
    if expiry.freed_bytes is not None:
        text = translate("backup", "{said}, {bytes}")
        said = text.format(said=said, bytes=bytes_text(expiry.freed_bytes))
    if expiry.begin_then is not None and expiry.begin_then != expiry.begin_now:
        text = translate("backup", "{said}; the restorable start moves to {at}")
        said = text.format(said=said, at=stamp(expiry.begin_then, now))
    return translate("backup", "{said}.").format(said=said)


def next_of_each(view: BackupsView, now: datetime) -> tuple[NextRun, ...]:
    """The next moment of each line of the calendar, the soonest first: five runs of one line would hide the others."""
    policy = view.policy
    if not view.next_runs or policy.scheduler is Scheduler.NOBODY:
        return ()
    found = []
    try:
        zone = zone_of(policy.time_zone)
        for entry in policy.cycle:
            at = next(runs_after(Cron.parse(entry.cron), zone, now), None)
            where = policy.repository(entry.repository)
            if at is not None and where is not None:
                found.append(NextRun(at=at, what=entry.what, repository=where.name, cron=entry.cron))
    except CronTrouble:
        return view.next_runs  # the engine reads it, an older window does not
    return tuple(sorted(found, key=lambda one: (one.at, one.what)))


def run_line(view: BackupsView, now: datetime) -> str:
    """What the bar says while nothing runs."""
    if not view.next_runs:
        return translate("backup", "Nothing runs. Nothing is planned either.")
    run = view.next_runs[0]
    at = f"{run.at:%H:%M}" if run.at.date() == now.date() else stamp(run.at, now)
    text = translate("backup", "Nothing runs. Next by itself: {what}, {at} UTC.")
    return text.format(what=cycle_word(run.what), at=at)
