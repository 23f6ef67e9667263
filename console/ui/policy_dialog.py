"""The policy of a cluster's backups: where they go, when, how many stay; nothing of it holds before it is saved."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.backup import BackupsView
from console.domain.backup_policy import BackupPolicy, CycleEntry, RepositorySpec, Retention, Scheduler
from console.domain.cluster import NodeKind
from console.domain.fleet import ClusterView
from console.domain.retention import would_go
from console.domain.schedule import CronTrouble, next_runs, zone_of
from console.domain.text import shown
from console.link.backups import Expiry, SavePolicy
from console.link.messages import Message, Refused
from console.ui import theme
from console.ui.backup_calendar_panel import expiry_text
from console.ui.backup_words import cycle_word, scheduler_word
from console.ui.chip import Chip
from console.ui.controls import Act, Rule, Says
from console.ui.focus_ring import FocusRing
from console.ui.measures import month, weekday
from console.ui.policy_parts import CycleRow, Field, RepositoryForm, chooser, chosen, enum_values, line_edit
from console.ui.policy_rules import FieldError, policy_errors
from console.ui.sentences import refused_sentence
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token

RUNS_SHOWN: Final = 5
REPOSITORIES_MAX: Final = 8
CYCLE_MAX: Final = 50
LABEL_EM: Final = 12.5
FIRST_CYCLE: Final = (
    ("full", "0 1 * * 0"), ("incremental", "0 1 * * 1-6"), ("prove", "30 5 * * *"), ("expire", "0 6 * * *"),
)  # fmt: skip


class PolicyDialog(QDialog):
    """Filled in from the policy that is in force. Esc leaves it as it was; Ctrl+Enter saves."""

    wants = Signal(object)  # SavePolicy

    def __init__(
        self, view: BackupsView, cluster: ClusterView | None, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._now = view, now
        nodes = cluster.nodes if cluster is not None else ()
        self._hosts = {one.name: one.kind.value for one in nodes}
        backup = [one.name for one in nodes if one.kind is NodeKind.BACKUP]
        self._keepers = (*backup, *(one.name for one in nodes if one.name not in backup))
        self._servers = tuple(one.name for one in nodes if one.kind is NodeKind.POSTGRES)
        self._saving: SavePolicy | None = None
        name = shown(view.cluster, characters_max=60)
        self.setWindowTitle(translate("policy", "Backup policy of {cluster}").format(cluster=name))
        self.repositories: list[RepositoryForm] = []
        self.cycle: list[CycleRow] = []
        self._repository_rows, self._cycle_rows = QVBoxLayout(), QVBoxLayout()
        self.add_repository = Chip(translate("policy", "Add a repository"))
        self.add_line = Chip(translate("policy", "Add a line"))
        self.next_runs = Says(size_em=SMALL)
        self._whole_error = Says(size_em=SMALL, token=Token.LOST)
        self._make_fields(view.policy)
        self.preview = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self.leave = Act(translate("policy", "Leave, nothing was changed"), key="Esc", tall_steps=8, parent=self)
        self.save = Act(translate("policy", "Save"), key="Ctrl+Enter", filled=True, tall_steps=8, parent=self)
        self.reason = Says(size_em=SMALL, token=Token.TEXT_MUTED, parent=self)
        self._build()
        self._fill(view.policy)
        self._listen()
        self._judge()
        first = self.repositories[0]
        (first.path if not first.path.text() and first.path.isVisibleTo(self) else first.name).setFocus()

    def _make_fields(self, policy: BackupPolicy) -> None:
        keep = policy.retention
        days = "" if keep.window_days is None else f"{keep.window_days:g}"
        rate = "" if policy.rate_mb_per_second_max is None else f"{policy.rate_mb_per_second_max:g}"
        self.fulls, self.days = line_edit(str(keep.fulls_min), most=8), line_edit(days, most=8)
        self.rate, self.zone = line_edit(rate, most=12), line_edit(policy.time_zone, most=64)
        self.scheduler = chooser(enum_values(Scheduler, scheduler_word), policy.scheduler.value)
        own = ("", translate("policy", "the repository's own host"))
        hosts = tuple((one, shown(one)) for one in self._keepers)
        self.sandbox_node = chooser((own, *hosts), policy.sandbox_node)
        self.sandbox_directory = line_edit(policy.sandbox_directory, empty=translate("policy", "beside the repository"))
        no_limit = translate("policy", "as fast as it goes")
        self.rate.setPlaceholderText(no_limit)
        self.days.setPlaceholderText(translate("policy", "by count alone"))
        words = (
            ("fulls_min", translate("policy", "Full backups, at least"), self.fulls, False),
            ("window_days", translate("policy", "Every moment of, days"), self.days, False),
            ("rate", translate("policy", "Rate at most, MB/s"), self.rate, False),
            ("time_zone", translate("policy", "Time zone"), self.zone, False),
            ("scheduler", translate("policy", "Begun by"), self.scheduler, True),
            ("sandbox_node", translate("policy", "Restored on trial on"), self.sandbox_node, True),
            ("sandbox_directory", translate("policy", "Directory there"), self.sandbox_directory, True),
        )
        self.fields = {
            key: Field(said, control, label_em=LABEL_EM, wide=wide) for key, said, control, wide in words
        }

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.grid(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.grid(2))
        column.addWidget(Says(self.windowTitle(), size_em=VERDICT, bold=True))
        page = QWidget()
        page.setObjectName("page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, theme.grid(2), 0)
        inner.setSpacing(theme.grid(2))
        self._repository_rows.setSpacing(theme.grid(2))
        self._cycle_rows.setSpacing(0)
        self._section(inner, translate("policy", "Where"), self.add_repository)
        inner.addLayout(self._repository_rows)
        inner.addWidget(self._whole_error)
        inner.addWidget(Rule())
        self._section(inner, translate("policy", "When"), self.add_line)
        inner.addLayout(self._cycle_rows)
        inner.addWidget(self.next_runs)
        for key in ("scheduler", "time_zone"):
            inner.addWidget(self.fields[key])
        inner.addWidget(Rule())
        self._section(inner, translate("policy", "What stays"), None)
        for key in ("fulls_min", "window_days"):
            inner.addWidget(self.fields[key])
        inner.addWidget(self.preview)
        inner.addWidget(Rule())
        self._section(inner, translate("policy", "Limits, and where restores are tried"), None)
        for key in ("rate", "sandbox_node", "sandbox_directory"):
            inner.addWidget(self.fields[key])
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        column.addWidget(scroll, 1)
        column.addWidget(Rule())
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(3))
        foot.addWidget(self.leave)
        foot.addWidget(self.reason, 100, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        FocusRing(self)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.em(66), theme.em(52))

    def _section(self, column: QVBoxLayout, title: str, act: QWidget | None) -> None:
        line = QHBoxLayout()
        line.addWidget(Says(title, bold=True), 1)
        if act is not None:
            line.addWidget(act)
        column.addLayout(line)

    def _fill(self, policy: BackupPolicy) -> None:
        """What is in force; where nothing is, a first proposal, which is not in force before it is saved."""
        first = self._keepers[0] if self._keepers else ""
        name = first or "backups"
        specs = policy.repositories or (RepositorySpec(name=name, node=first),)
        for spec in specs:
            self._put_repository(spec)
        entries = policy.cycle
        if not policy.repositories and not entries:
            entries = tuple(CycleEntry(what=what, cron=cron) for what, cron in FIRST_CYCLE)
        for entry in entries:
            self._put_line(entry)

    def _listen(self) -> None:
        for edit in (self.fulls, self.days, self.rate, self.zone, self.sandbox_directory):
            edit.textChanged.connect(self._judge)
        for box in (self.scheduler, self.sandbox_node):
            box.currentIndexChanged.connect(self._judge)
        self.add_repository.clicked.connect(self._add_repository)
        self.add_line.clicked.connect(self._add_line)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._save)

    # Rows

    def _put_repository(self, spec: RepositorySpec) -> RepositoryForm:
        form = RepositoryForm(spec, self._keepers, self._servers)
        form.changed.connect(self._judge)
        form.removed.connect(lambda: self._remove_repository(form))
        self.repositories.append(form)
        self._repository_rows.addWidget(form)
        return form

    def _put_line(self, entry: CycleEntry) -> CycleRow:
        row = CycleRow(entry, self._names())
        row.changed.connect(self._judge)
        row.removed.connect(lambda: self._remove_line(row))
        self.cycle.append(row)
        self._cycle_rows.addWidget(row)
        return row

    def _add_repository(self) -> None:
        first = self._keepers[0] if self._keepers else ""
        form = self._put_repository(RepositorySpec(name="", node=first))
        self._judge()
        form.name.setFocus()

    def _add_line(self) -> None:
        row = self._put_line(CycleEntry(what="incremental", cron="0 * * * *"))
        self._judge()
        row.cron.setFocus()

    def _remove_repository(self, form: RepositoryForm) -> None:
        """Only the policy forgets it: nothing that lies there is touched."""
        self.repositories.remove(form)
        self._drop(self._repository_rows, form)

    def _remove_line(self, row: CycleRow) -> None:
        self.cycle.remove(row)
        self._drop(self._cycle_rows, row)

    def _drop(self, rows: QVBoxLayout, part: QWidget) -> None:
        rows.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._judge()
        self.add_line.setFocus()

    def _names(self) -> tuple[str, ...]:
        return tuple(form.name.text().strip() for form in self.repositories)

    # What is filled in

    def policy(self) -> tuple[BackupPolicy, tuple[FieldError, ...]]:
        """The policy as it stands here, and what keeps it from being saved."""
        errors: list[FieldError] = []
        fulls = self._number("fulls_min", self.fulls.text(), errors, whole=True)
        days = self._number("window_days", self.days.text(), errors)
        rate = self._number("rate", self.rate.text(), errors)
        policy = BackupPolicy(
            repositories=tuple(form.spec() for form in self.repositories),
            cycle=tuple(row.entry() for row in self.cycle), time_zone=self.zone.text().strip() or "UTC",
            scheduler=Scheduler(chosen(self.scheduler)),
            retention=Retention(fulls_min=int(fulls) if fulls is not None else 1, window_days=days),
            rate_mb_per_second_max=rate, sandbox_node=chosen(self.sandbox_node),
            sandbox_directory=self.sandbox_directory.text().strip(),
            wal_silence_seconds_max=self._view.policy.wal_silence_seconds_max,
        )  # fmt: skip
        if fulls is None and not any(one.field == "fulls_min" for one in errors):
            text = translate("policy", "A whole number: at least so many full backups stay.")
            errors.append(FieldError(part="policy", place=-1, field="fulls_min", text=text))
        return policy, (*errors, *policy_errors(policy, self._hosts))

    def _number(self, field: str, text: str, errors: list[FieldError], *, whole: bool = False) -> float | None:
        text = text.strip()
        if not text:
            return None
        plain = text if whole else text.replace(".", "", 1)
        if plain.isascii() and plain.isdigit():
            return float(text)
        said = translate("policy", "'{text}' is no number. Write it as 12 or 0.5.").format(text=shown(text))
        errors.append(FieldError(part="policy", place=-1, field=field, text=said))
        return None

    def _judge(self) -> None:
        """Everything that is said while it is typed: errors by their fields, meanings, the next runs, what would go."""
        names = self._names()
        for row in self.cycle:
            row.show_repositories(names)
        policy, errors = self.policy()
        for place, form in enumerate(self.repositories):
            form.show_errors(tuple(one for one in errors if (one.part, one.place) == ("repository", place)))
        for place, row in enumerate(self.cycle):
            row.show_errors(tuple(one for one in errors if (one.part, one.place) == ("cycle", place)))
        whole = {one.field: one.text for one in reversed(errors) if one.part == "policy"}
        for key, field in self.fields.items():
            field.show_error(whole.get(key, ""))
        self._whole_error.say(whole.get("repositories", ""))
        self.next_runs.say(self._runs_text(policy))
        self.preview.say(self._preview_text(policy))
        self.add_repository.setEnabled(len(self.repositories) < REPOSITORIES_MAX)
        self.add_line.setEnabled(len(self.cycle) < CYCLE_MAX)
        self._show_foot(len(errors))

    def _show_foot(self, errors: int) -> None:
        if self._saving is not None:
            self.save.setEnabled(False)
            self.reason.say(translate("policy", "Saving …"), Token.TEXT_MUTED)
            return
        self.save.setEnabled(not errors)
        one = translate("policy", "1 field has to be mended before it can be saved.")
        many = translate("policy", "{n} fields have to be mended before it can be saved.")
        self.reason.say(counted(errors, one, many) if errors else "", Token.TEXT_MUTED)

    def _runs_text(self, policy: BackupPolicy) -> str:
        try:
            runs = next_runs(policy, self._now, count=RUNS_SHOWN)
            zone = zone_of(policy.time_zone)
        except CronTrouble:
            return translate("policy", "The next runs are shown once every line can be read.")
        if not runs:
            return translate("policy", "Nothing is planned: backups are made by hand only.")
        lines = []
        for run in runs:
            at = run.at.astimezone(zone)
            text = translate("policy", "{weekday} {day} {month} {clock}")
            when = text.format(weekday=weekday(at.weekday()), day=at.day, month=month(at.month), clock=f"{at:%H:%M}")
            lines.append(translate("policy", "{when} {what}").format(when=when, what=cycle_word(run.what)))
        text = translate("policy", "Next, in {zone}:")
        return "\n".join((text.format(zone=shown(policy.time_zone)), *lines))

    def _preview_text(self, policy: BackupPolicy) -> str:
        """What would go of each repository if this were in force now."""
        said = []
        for seen in self._view.repositories:
            if not seen.backups:
                continue
            gone = would_go(seen, policy.retention, self._view.marks, self._now)
            expiry = Expiry(
                cluster=self._view.cluster, repository=seen.spec.name, backups=gone.backups,
                freed_bytes=gone.freed_bytes, begin_now=gone.begin_now, begin_then=gone.begin_then, kept=gone.kept,
                refused=gone.refused,
            )  # fmt: skip
            text = translate("policy", "{repository}: {said}")
            said.append(text.format(repository=shown(seen.spec.name), said=expiry_text(expiry, self._now)))
        if not said:
            return translate("policy", "There is nothing yet that could go.")
        return translate("policy", "By this, now: {said}").format(said=" ".join(said))

    # Saving

    def _save(self) -> None:
        policy, errors = self.policy()
        if self._saving is not None:
            return
        if errors:
            one, many = translate("policy", "1 field"), translate("policy", "{n} fields")
            text = translate("policy", "Not saved: {fields} to be mended first.")
            self.reason.say(text.format(fields=counted(len(errors), one, many)), Token.LOST)
            return
        self._saving = SavePolicy(cluster=self._view.cluster, policy=policy)
        self._show_foot(0)
        self.wants.emit(self._saving)

    def show_answer(self, question: SavePolicy, answer: Message) -> None:
        """It is in force and the dialog goes; or it was refused, and everything that was typed stays."""
        if question != self._saving:
            return
        self._saving = None
        if isinstance(answer, Refused):
            self._show_foot(0)
            self.reason.say(refused_sentence(answer), Token.LOST)
            return
        self.accept()

    def show_lost(self) -> None:
        """The engine went: what was typed stays, and can be saved once it is back."""
        self._saving = None
        self._judge()
        lost = translate("policy", "The engine does not answer. Nothing was saved; what is typed stays here.")
        self.reason.say(lost, Token.LOST)
