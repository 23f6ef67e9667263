"""One incident: what happened and what it cost, its time line, and the picture of every moment to be replayed."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.cluster import Environment
from console.domain.incident import Frame, IncidentLine
from console.domain.text import shown
from console.link.messages import Refused
from console.link.watching import AskFrame, FrameSeen, IncidentReported, IncidentSeen, ReportIncident
from console.ui import names, theme
from console.ui.alert_list import RowsPanel, scrolled
from console.ui.chip import Chip
from console.ui.controls import Act, Says
from console.ui.flow import Flow
from console.ui.incident_axis import IncidentAxis
from console.ui.incident_course import line_at, utc
from console.ui.incident_list import incident_health
from console.ui.incident_picture import MomentPanel
from console.ui.incident_replay import PACES, Replay
from console.ui.incident_rows import IncidentRows, Line
from console.ui.incident_shapes import paint_line
from console.ui.incident_words import incident_sentence, incident_title, left_out_sentence, line_sentence
from console.ui.link_act import LinkAct
from console.ui.run_foot import open_report
from console.ui.sentences import refused_sentence
from console.ui.shapes import HealthShape, KeyCap
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, VERDICT, Token
from console.ui.wizard_parts import Panel, clear

WIDE_EM: Final = 88.0  # from here on the picture and the lines stand side by side
WHO_CHARACTERS_MAX: Final = 40
BELOW_EM: Final = 17.0  # so much of the picture is seen at least; on a low window the whole side scrolls
RUNS_MAX: Final = 6
REPORT_KEY: Final = "Ctrl+Enter"


class PlayAct(Act):
    """Play or pause: as wide as the wider of both, so that nothing beside it moves."""

    def __init__(self) -> None:
        self._words = (translate("incidents", "Play"), translate("incidents", "Pause"))
        super().__init__(self._words[0], key=translate("incidents", "Space"), tall_steps=6)

    def sizeHint(self) -> QSize:
        hint, metrics = super().sizeHint(), theme.metrics()
        widest = max(metrics.horizontalAdvance(word) for word in self._words)
        return QSize(hint.width() + widest - metrics.horizontalAdvance(self.text()), hint.height())

    def show_playing(self, playing: bool) -> None:
        self.setText(self._words[1 if playing else 0])
        self.setAccessibleName(self.text())


class Controls(QWidget):
    """Below the axis: play, how fast, and which moment it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.play = PlayAct()
        self.moment = Says(size_em=VERDICT, bold=True, wraps=False)
        group, chips = QButtonGroup(self), []
        for pace in PACES:
            chip = Chip(translate("incidents", "{n}×").format(n=pace), checkable=True)
            chip.setAccessibleName(translate("incidents", "{n} seconds a second").format(n=pace))
            chip.setChecked(pace == PACES[0])
            group.addButton(chip)
            chips.append(chip)
        self.paces = tuple(chips)
        flow = Flow(self, gap=theme.grid(2))
        flow.addWidget(self.moment)
        flow.addWidget(self.play)
        for chip in self.paces:
            flow.addWidget(chip)
        for keys, does in (
            (("←", "→"), translate("incidents", "by seconds")), (("PgUp", "PgDn"), translate("incidents", "by lines")),
        ):  # fmt: skip
            for key in keys:
                flow.addWidget(KeyCap(key))
            flow.addWidget(Says(does, size_em=SMALL, token=Token.TEXT_MUTED, wraps=False))


class IncidentView(QWidget):
    """Shows what it is given; asks for pictures and the report."""

    wants = Signal(object)  # AskFrame, ReportIncident
    run_wanted = Signal(object)  # the id of a run of its

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: IncidentSeen | None = None
        self._now: datetime | None = None
        self._reporting = ""
        self._wide = False
        self._shape = HealthShape(size_em=1.35)
        self.title = Says(size_em=VERDICT, bold=True)
        self.below = Says(token=Token.TEXT_MUTED)
        self.left_out = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._environment = Says(size_em=SMALL, bold=True, wraps=False)
        self.report = Act(translate("incidents", "Report"), key=REPORT_KEY)
        self.said = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._runs = QWidget()
        self._run_flow = Flow(self._runs, gap=theme.grid(3))
        self.runs: tuple[LinkAct, ...] = ()
        self.axis = IncidentAxis()
        self.controls = Controls()
        self.replay = Replay(self)
        self.rows = IncidentRows(translate("incidents", "Lines of the incident"), steady=False)
        self.moment = MomentPanel()
        self.see_picture = Chip(translate("incidents", "Picture and guards"), checkable=True)
        self.see_lines = Chip(translate("incidents", "Lines"), checkable=True)
        self._looks = QWidget()
        self._lines_card = RowsPanel(translate("incidents", "What happened"), tight=True)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._picture = scrolled(self.moment, BELOW_EM)
        self._build()
        self._connect()

    def _build(self) -> None:
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(theme.grid(2))
        words.setSpacing(theme.grid(0.5))
        middle = Qt.AlignmentFlag.AlignVCenter
        head.addWidget(self._shape, 0, middle)
        head.addWidget(self.title, 1, middle)
        head.addWidget(self._environment, 0, middle)
        head.addWidget(self.report, 0, middle)
        for said in (self.below, self._runs, self.left_out, self.said):
            words.addWidget(said)
        words.setContentsMargins(theme.em(1.35) + theme.grid(2), 0, 0, 0)
        card = Panel(tight=True)
        card.put(self.axis)
        card.put(self.controls)
        self._lines_card.put(scrolled(self.rows, BELOW_EM), 1)
        looks, group = Flow(self._looks, gap=theme.grid(1)), QButtonGroup(self)
        for chip in (self.see_picture, self.see_lines):
            group.addButton(chip)
            looks.addWidget(chip)
        self.see_picture.setChecked(True)
        self._pair.setSpacing(theme.grid(3))
        self._pair.addWidget(self._lines_card, 42)
        self._pair.addWidget(self._picture, 58)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(2.5))
        top = QVBoxLayout()
        top.setSpacing(theme.grid(0.5))
        top.addLayout(head)
        top.addLayout(words)
        column.addLayout(top)
        column.addWidget(card)
        column.addWidget(self._looks)
        column.addLayout(self._pair, 1)
        self._turn()

    def _connect(self) -> None:
        replay, axis = self.replay, self.axis
        axis.moved.connect(self._jump)
        axis.stepped.connect(replay.step)
        axis.turned.connect(replay.turn)
        replay.moved.connect(self._moved)
        replay.wants.connect(self.wants)
        replay.pictured.connect(self._pictured)
        replay.played.connect(self.controls.play.show_playing)
        self.controls.play.clicked.connect(replay.turn)
        for chip, pace in zip(self.controls.paces, PACES, strict=True):
            chip.clicked.connect(lambda _on=False, pace=pace: setattr(replay, "pace", pace))
        self.rows.chosen.connect(self._row_chosen)
        self.report.clicked.connect(self.write_report)
        self.see_picture.toggled.connect(lambda _on: self._turn())

    # What it shows

    @property
    def seen(self) -> IncidentSeen | None:
        return self._seen

    def show_incident(self, seen: IncidentSeen, now: datetime) -> None:
        """Another incident, or the same one as it stands now."""
        another = self._seen is None or self._seen.incident.id != seen.incident.id
        self._seen, self._now = seen, now
        incident = seen.incident
        if another:
            self._reporting = ""
            self.said.say("")
        self._shape.show_health(incident_health(incident))
        self.title.say(incident_title(incident))
        self.below.say(incident_sentence(incident, now))
        self.left_out.say(left_out_sentence(incident, seen.older))
        if another or len(self.runs) != len(incident.runs[:RUNS_MAX]):
            self._show_runs(incident.runs[:RUNS_MAX])
        self._lines_card.aside.say(self._counted(len(seen.lines)))
        self.see_lines.setText(self._counted(len(seen.lines)))
        self.see_lines.setAccessibleName(self.see_lines.text())
        self.see_lines.updateGeometry()
        self.axis.show_incident(seen)
        self.rows.show_lines(self._lines(0 if another else self.replay.at))
        self._show_report()
        self.replay.show_incident(seen)

    def _show_runs(self, runs: tuple[str, ...]) -> None:
        """A way to each of its runs."""
        clear(self._run_flow)
        acts = []
        for number, run in enumerate(runs, start=1):
            text = translate("incidents", "Open its run") if len(runs) == 1 else translate(
                "incidents", "Open run {n}"
            ).format(n=number)  # fmt: skip
            act = LinkAct(text)
            act.clicked.connect(lambda _on=False, run=run: self.run_wanted.emit(run))
            self._run_flow.addWidget(act)
            act.show()
            acts.append(act)
        self.runs = tuple(acts)
        self._runs.setVisible(bool(acts))

    def show_environment(self, environment: Environment | None) -> None:
        """Production, staging or lab, by word and colour."""
        if environment is None:
            self._environment.say("")
        else:
            self._environment.say(names.environment_word(environment), theme.ENVIRONMENT_TOKENS[environment])

    def tick(self, now: datetime) -> None:
        """An incident that goes on grows older."""
        if self._seen is not None and self._seen.incident.ended_at is None:
            self._now = now
            self.below.say(incident_sentence(self._seen.incident, now))

    def _counted(self, number: int) -> str:
        return counted(number, translate("incidents", "1 line"), translate("incidents", "{n} lines"))

    def _lines(self, at: float) -> list[Line]:
        """The time line as rows; what had not come by the moment looked at steps back."""
        seen = self._seen
        return [_line(number, line, later=line.at.timestamp() > at + 0.001)
                for number, line in enumerate(seen.lines)] if seen is not None else []  # fmt: skip

    # The moment

    def _jump(self, at: float) -> None:
        self.replay.rest()
        self.replay.move_to(at)

    def _row_chosen(self, key: str) -> None:
        if self._seen is not None and key.isdigit() and int(key) < len(self._seen.lines):
            self._jump(self._seen.lines[int(key)].at.timestamp())

    def _moved(self, at: float) -> None:
        seen = self._seen
        if seen is None:
            return
        self.axis.show_moment(at)
        self.controls.moment.say(f"{utc(at):%H:%M:%S}")
        self.moment.show_moment(at, seen.incident)
        self.rows.show_lines(self._lines(at))
        reached = line_at(seen.lines, at)
        chosen = self.rows.current
        # Of several lines of one moment the chosen one stays.
        same = chosen.isdigit() and int(chosen) < len(seen.lines) and abs(
            seen.lines[int(chosen)].at.timestamp() - at) < 0.001  # fmt: skip
        if not same:
            self.rows.choose(str(reached) if reached is not None else "")

    def _pictured(self, frame: Frame | None) -> None:
        self.moment.show_frame(frame, self.replay.at)

    def hear_frame(self, question: AskFrame, answer: FrameSeen | Refused) -> None:
        self.replay.hear(question, answer)

    # The report

    def write_report(self) -> None:
        """Ask for the report; it is opened when it is written."""
        if self._seen is not None and not self._reporting:
            self._reporting = self._seen.incident.id
            self.said.say(translate("incidents", "The report is being written …"), Token.TEXT_MUTED)
            self._show_report()
            self.wants.emit(ReportIncident(incident=self._reporting))

    def show_report(self, question: ReportIncident, answer: IncidentReported | Refused) -> None:
        """It lies there, and is opened; or it was refused."""
        if question.incident != self._reporting:
            return
        self._reporting = ""
        self._show_report()
        if isinstance(answer, Refused):
            self.said.say(refused_sentence(answer), Token.LOST)
            return
        trouble = open_report(answer.path)
        text = translate("incidents", "Report: {path}, SHA-256 {digest}")
        said = text.format(path=shown(answer.path), digest=shown(answer.digest, characters_max=16))
        self.said.say(trouble or said, Token.LOST if trouble else Token.TEXT_MUTED)

    def lose(self) -> None:
        """The engine went: nothing that was asked will be answered."""
        self.replay.lose()
        if self._reporting:
            self._reporting = ""
            self.said.say(translate("incidents", "The engine does not answer. No report was written."), Token.LOST)
            self._show_report()

    def _show_report(self) -> None:
        self.report.setEnabled(not self._reporting)

    # The room

    def _turn(self) -> None:
        """Side by side where there is room, else one of both."""
        self._looks.setVisible(not self._wide)
        self._picture.setVisible(self._wide or self.see_picture.isChecked())
        self._lines_card.setVisible(self._wide or not self.see_picture.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.em(WIDE_EM)
        if wide is not self._wide:
            self._wide = wide
            self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Space move the moment wherever the focus is on this side, unless a control needs them itself."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space) and self._seen is not None:
            self.axis.keyPressEvent(event)
            return
        super().keyPressEvent(event)


def _line(number: int, line: IncidentLine, *, later: bool) -> Line:
    def paint(painter: QPainter, box: QRect) -> None:
        paint_line(painter, box, line)

    who = shown(line.who, characters_max=WHO_CHARACTERS_MAX)
    title = line_sentence(line)
    return Line(key=str(number), title=title, lead=f"{line.at:%H:%M:%S}", side="" if not who or who in title else who,
                dim=later, paint=paint, look=f"{line.kind.value} {line.health}")  # fmt: skip
