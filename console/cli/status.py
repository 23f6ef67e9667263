"""`status` and `readings`: what the engine sees, as sentences and figures, and waiting until a thing is so."""

import re
import threading
from argparse import Namespace
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from console.cli.answers import ClusterAnswer, ReadingsAnswer, StatusAnswer
from console.cli.face import Exit, Face, engine_view, expect, failed
from console.domain.fleet import Chart, ClusterView, Measure, NodeCard
from console.domain.verdict import Cause, Health
from console.link.frames import LinkLost
from console.link.messages import AskCard, AskChart, AskFleet, ClusterSeen, Fleet, Message, Welcome
from console.link.socket import Link
from console.ui import words

FIRST_LOOK_SECONDS_MAX: Final = 12.0
WAIT_SECONDS: Final = 30.0
LOOK_AGAIN_SECONDS: Final = 0.1
POINTS_MAX: Final = 4000
_SPAN: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)(s|m|min|h|d)")
_UNITS: Final = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}

OPEN_WORDS: Final = frozenset({Cause.NOT_ASKED.value, Cause.ASKS.value})  # a person's answer may change them
WORDS: Final = frozenset({h.value for h in Health} | {c.value for c in Cause})


class _Waiter:
    """Hears every picture; ends the moment that a word holds for a cluster."""

    def __init__(self, word: str, cluster: str | None) -> None:
        self._word, self._cluster = word, cluster
        self.reached = threading.Event()
        self.view: ClusterView | None = None

    def heard(self, message: Message) -> None:
        views: tuple[ClusterView, ...] = ()
        if isinstance(message, ClusterSeen):
            views = (message.view,)
        elif isinstance(message, Welcome):
            views = message.clusters
        for view in views:
            if self._cluster in (None, view.name) and self._word in words_of(view) and not self.reached.is_set():
                self.view = view
                self.reached.set()


def words_of(view: ClusterView) -> frozenset[str]:
    """Every word that holds for a cluster now: its health, its causes, and its nodes' causes."""
    findings = [*view.verdict.findings, *(f for node in view.nodes for f in node.verdict.findings)]
    return frozenset({view.verdict.health.value, *(f.cause.value for f in findings)})


def status(face: Face, options: Namespace) -> Exit:
    """Show clusters; with --wait, end when the word holds or the time is over."""
    wanted: str | None = options.wait
    if wanted is not None and wanted not in WORDS:
        raise failed("usage", f"{wanted!r} is no verdict or cause", then=f"one of: {', '.join(sorted(WORDS))}",
                     code=Exit.USAGE)  # fmt: skip
    began = monotonic()
    waiter = None if wanted is None else _Waiter(wanted, options.cluster)
    hears = waiter.heard if waiter is not None else None
    with face.link(watches=waiter is not None, on_message=hears) as link:
        _known(options.cluster, link)
        if waiter is not None:
            waiter.reached.wait(options.timeout)
        fleet = _first_look(face, link, options.cluster, at_once=waiter is not None)
        if waiter is not None and waiter.view is not None:
            # The picture in which it held, not a later one in which it may be over.
            views = tuple(waiter.view if v.name == waiter.view.name else v for v in fleet.clusters)
        else:
            views = fleet.clusters
        chosen = tuple(v for v in views if options.cluster in (None, v.name))
        answer = StatusAnswer(
            at=fleet.engine.at, engine=engine_view(link),
            clusters=tuple(_cluster_answer(link, view) for view in chosen), waited_for=wanted,
            reached=None if waiter is None else waiter.reached.is_set(),
            waited_seconds=None if waiter is None else round(monotonic() - began, 3),
        )  # fmt: skip
    face.print(answer, _lines(answer))
    return Exit.REFUSED if answer.reached is False else Exit.DONE


def _known(cluster: str | None, link: Link) -> None:
    """A cluster that is named must be in the inventory, before anything waits for it."""
    names = [spec.name for spec in link.welcome.inventory.clusters]
    if cluster is not None and cluster not in names:
        there = ", ".join(names) or "none"
        what = f"there is no cluster {cluster!r} in the inventory"
        raise failed("no-cluster", what, where=cluster, then=f"clusters there are: {there}")


def _first_look(face: Face, link: Link, cluster: str | None, *, at_once: bool) -> Fleet:
    """The fleet's picture; where the engine has only just started, once every node was asked."""
    deadline = monotonic() + FIRST_LOOK_SECONDS_MAX
    open_words = OPEN_WORDS if face.ask else {Cause.NOT_ASKED.value}
    pause = threading.Event()
    while True:
        fleet: Fleet = expect(link.ask(AskFleet()), Fleet)
        views = [v for v in fleet.clusters if cluster in (None, v.name)]
        unasked = any(words_of(view) & open_words for view in views)
        if face.prompter.busy:
            deadline = monotonic() + FIRST_LOOK_SECONDS_MAX
        if at_once or not unasked or monotonic() > deadline:
            return fleet
        pause.wait(LOOK_AGAIN_SECONDS)


def _cluster_answer(link: Link, view: ClusterView) -> ClusterAnswer:
    cards = []
    for node in view.nodes:
        answer = link.ask(AskCard(cluster=view.name, node=node.name))
        if isinstance(answer, NodeCard):
            cards.append(answer)
    text = words.exposure_text(view)
    return ClusterAnswer(
        name=view.name, health=view.verdict.health.value,
        cause=None if view.verdict.cause is None else view.verdict.cause.value,
        sentence=words.cluster_sentence(view, now=view.at), exposure=_exposure(text), view=view, cards=tuple(cards),
    )  # fmt: skip


def _exposure(text: words.ExposureText) -> str:
    said = " ".join(part for part in (text.figure, text.amounts) if part)
    return ". ".join(part for part in (said, text.then) if part)


def _lines(answer: StatusAnswer) -> list[str]:
    lines: list[str] = []
    for cluster in answer.clusters:
        view = cluster.view
        lines.append(f"{cluster.sentence}")
        lines.append(f"  If the primary died now: {cluster.exposure}")
        for node in view.nodes:
            lines.append("  " + "  ".join(_columns(node_columns(view, node.name))))
        for finding in view.verdict.findings:
            for row in finding.evidence:
                lines.append(f"    {words.evidence_sentence(row, now=view.at)}")
        lines.append("")
    if not answer.clusters:
        lines.append("No cluster yet. 'ledger-console lab up' starts one on this desk; "
                     "'ledger-console inventory discover HOST' finds yours.")  # fmt: skip
    if answer.reached is not None:
        outcome = "holds" if answer.reached else "does not hold"
        lines.append(f"{answer.waited_for}: {outcome} after {answer.waited_seconds:.2f} s")
    if answer.engine.store_trouble:
        lines.append(f"The store: {answer.engine.store_trouble}")
    return lines


def node_columns(view: ClusterView, name: str) -> tuple[str, ...]:
    """Name, role, state, round trip, lag of one node, as text."""
    node = next(n for n in view.nodes if n.name == name)
    cause = node.verdict.cause
    state = words.health_word(node.verdict.health) if cause is None else words.cause_word(cause)
    trip = "" if node.round_trip_seconds is None else words.round_trip(node.round_trip_seconds)
    behind = "" if node.lag_flush_seconds is None else f"{words.duration(node.lag_flush_seconds)} behind (flush)"
    entries = "" if not node.lag_entries else f"{words.number(node.lag_entries)} entries"
    return node.name, words.role_word(node.role), state, trip, behind, entries


def _columns(texts: tuple[str, ...]) -> tuple[str, ...]:
    widths = (12, 9, 22, 9, 22, 12)
    return tuple(text.ljust(width) for text, width in zip(texts, widths, strict=True))


def seconds_of(text: str) -> float:
    """A span like 5m, 1h, 30d in seconds. Raises ValueError."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no span of time; write 30s, 5m, 1h or 7d")
    return float(match.group(1)) * _UNITS[match.group(2)]


def readings(face: Face, options: Namespace) -> Exit:
    """The curves of one node over its last time."""
    try:
        span = seconds_of(options.last)
    except ValueError as error:
        raise failed("usage", f"{error}", code=Exit.USAGE) from error
    with face.link() as link:
        fleet: Fleet = expect(link.ask(AskFleet()), Fleet)
        view = next((v for v in fleet.clusters if v.name == options.cluster), None)
        if view is None or all(node.name != options.node for node in view.nodes):
            raise failed("no-node", f"there is no node {options.node!r} in a cluster {options.cluster!r}",
                         then="see 'ledger-console inventory list'")  # fmt: skip
        end = fleet.engine.at.timestamp()
        question = AskChart(cluster=options.cluster, node=options.node, begin=end - span, end=end, points=POINTS_MAX)
        try:
            chart: Chart = expect(link.ask(question), Chart, where=options.node)
        except LinkLost as lost:
            raise failed("engine-lost", lost.reason) from lost
    face.print(ReadingsAnswer(chart=chart), _table(chart))
    return Exit.DONE


def _table(chart: Chart) -> list[str]:
    rows: dict[float, dict[Measure, float | None]] = {}
    for curve in chart.curves:
        for at, high in zip(curve.seconds, curve.high, strict=True):
            rows.setdefault(at, {})[curve.measure] = high
    head = "time (UTC)           " + "".join(f"{words.measure_name(m):>22}" for m in Measure)
    lines = [head]
    for at in sorted(rows):
        text = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S  ")
        values = (rows[at].get(measure) for measure in Measure)
        lines.append(text + "".join(f"{'-' if v is None else f'{v:,.3f}':>22}" for v in values))
    if len(lines) == 1:
        lines.append("No reading in this time.")
    return lines
