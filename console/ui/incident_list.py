"""The incidents at the left of their page: open ones on top, then the newest; each with its duration and its loss."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from console.domain.cluster import Environment
from console.domain.incident import Incident, LineKind
from console.domain.verdict import Health
from console.ui import shapes
from console.ui.incident_rows import IncidentRows, Line
from console.ui.incident_shapes import paint_kind
from console.ui.incident_words import incident_title
from console.ui.measures import duration, moment, number
from console.ui.speech import counted, translate
from console.ui.theme import Token


def in_order(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Open ones first, among them what was not made on purpose; then the newest."""
    return tuple(sorted(incidents, key=lambda one: (one.ended_at is not None, one.ended_at is None and one.drill,
                                                    -one.begun_at.timestamp())))  # fmt: skip


def incident_health(incident: Incident) -> Health:
    """The gravest state of it; unknown where the word is none of ours."""
    return next((one for one in Health if one.value == incident.health), Health.UNKNOWN)


def lasted(incident: Incident, now: datetime) -> str:
    """When it began and how long it took: '02:52, 6 min 42 s'; of one that goes on 'open since 02:52, for 33 s'."""
    end = incident.ended_at
    seconds = max(0.0, ((end or now) - incident.begun_at).total_seconds())
    text = translate("incidents", "{at}, {time}") if end is not None else translate(
        "incidents", "open since {at}, for {time}"
    )  # fmt: skip
    return text.format(at=moment(incident.begun_at, now, seconds=False), time=duration(seconds, whole=True))


def lost_text(incident: Incident) -> str:
    """What it cost in entries; empty where that is not known."""
    if incident.entries_lost is None:
        return ""
    if incident.entries_lost == 0:
        return translate("incidents", "nothing lost")
    one, many = translate("incidents", "1 entry lost"), translate("incidents", "{n} entries lost")
    return counted(incident.entries_lost, one, many)


def incident_line(incident: Incident, environment: Environment | None, now: datetime) -> Line:
    """One incident as a row."""
    health, drill = incident_health(incident), incident.drill
    is_open = incident.ended_at is None

    def paint(painter: QPainter, box: QRect) -> None:
        if drill:
            paint_kind(painter, box, LineKind.DRILL, Token.UNKNOWN)
        else:
            shapes.paint_health(painter, box, health)

    below = [lasted(incident, now), lost_text(incident)]
    if incident.runs:
        runs = len(incident.runs)
        below.append(counted(runs, translate("incidents", "1 run"), translate("incidents", "{n} runs")))
    if incident.report:
        below.append(translate("incidents", "report"))
    return Line(
        key=incident.id, title=incident_title(incident), bold=is_open,
        below=translate("incidents", ", ").join(part for part in below if part), environment=environment, paint=paint,
        look=f"{health.value} {drill}",
    )  # fmt: skip


class IncidentList(IncidentRows):
    """Rows of incidents."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("incidents", "Incidents"), parent=parent)

    def show_incidents(
        self, incidents: Sequence[Incident], environments: Mapping[str, Environment], now: datetime
    ) -> None:
        self.show_lines([incident_line(one, environments.get(one.cluster), now) for one in in_order(incidents)])


def headline(incidents: Sequence[Incident]) -> str:
    """'1 incident is open', 'No incident is open': the first sentence of the page."""
    going_on = [one for one in incidents if one.ended_at is None]
    if not going_on:
        return translate("incidents", "No incident is open")
    if len(going_on) == 1:
        return translate("incidents", "1 incident is open: {title}").format(title=incident_title(in_order(going_on)[0]))
    text = translate("incidents", "{n} incidents are open, the first: {title}")
    return text.format(n=number(len(going_on)), title=incident_title(in_order(going_on)[0]))
