"""Looks at the Patronis of a cluster at a pace, over shells of their own, for what its verdict needs of the group."""

import base64
import binascii
import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.domain.cluster import ClusterSpec, PostgresTarget
from console.domain.consensus import LOOKS_APART_SECONDS_MIN, GroupView, affirmed, judge_group, writable_without_key
from console.domain.members import Looks, MemberLook
from console.domain.reading import Moment
from console.monitor.node_watch import NodeWatch
from console.monitor.postgres_watch import Tools
from console.monitor.side_shell import SideShell
from console.patroni.facts import look_script, read_look, read_store, store_script, unreached
from console.patroni.place import places
from console.postgres.probe import Answer

CALM_SECONDS: Final = 5.0  # a look costs its node some 50 ms
DOUBT_SECONDS: Final = LOOKS_APART_SECONDS_MIN + 0.1
STORE_EVERY_SECONDS: Final = 20.0  # patronictl, which gives up by itself after some 10 s
STORE_FRESH_SECONDS: Final = 45.0
STUCK_SECONDS: Final = 40.0
STALE_SECONDS: Final = 15.0  # a look that is older says nothing of now


class GroupWatch:
    """The looks at one cluster's Patronis: the last of each node, and the one before."""

    def __init__(
        self, spec: ClusterSpec, watches: tuple[NodeWatch, ...], tools: Tools, changed: Callable[[], None]
    ) -> None:
        self._spec, self._tools, self._changed = spec, tools, changed
        self._places = places(spec)
        self._names = {name: at.member for name, at in self._places.items()}
        self._shells = {
            watch.node.name: SideShell(watch, tools, opened=changed, stuck_seconds=STUCK_SECONDS)
            for watch in watches
            if watch.node.name in self._places
        }
        self._guard = threading.Lock()
        self._asked: dict[str, float] = {}
        self._last: dict[str, MemberLook] = {}
        self._before: dict[str, MemberLook] = {}
        self._store: tuple[float, str, bool | None] = (float("-inf"), "", None)  # when, whom, what it said
        self._store_asked = float("-inf")

    def consult(self, now: Moment) -> None:
        """Ask whom it is time to ask. Never waits."""
        looks = self._looks(now, self._last)
        doubt = affirmed(looks) is None or bool(writable_without_key(looks, self._names))
        pace = DOUBT_SECONDS if doubt else CALM_SECONDS
        for name, shell in self._shells.items():
            if now.ticks - self._asked.get(name, float("-inf")) < pace:
                continue
            marker = secrets.token_hex(12)
            at = self._places[name]
            script = look_script(at, self._server(name), self._spec.database, marker)
            if shell.ask(_carried(script), self._hears(name, marker), now.ticks):
                self._asked[name] = now.ticks
        if affirmed(looks) is None and now.ticks - self._store_asked > STORE_EVERY_SECONDS:
            self._ask_store(looks, now)

    def view(self, now: Moment) -> GroupView | None:
        """The group as it is judged now; None until anybody was looked at."""
        with self._guard:
            last, before = dict(self._last), dict(self._before)
        if not last:
            return None
        second, first = self._looks(now, last), self._looks(now, before)
        apart = [second[name].at.ticks - first[name].at.ticks for name in first if name in second]
        usable = bool(apart) and min(apart) >= LOOKS_APART_SECONDS_MIN and set(first) == set(second)
        if usable:
            return judge_group(self._spec.name, first, second, self._names, now)
        return judge_group(self._spec.name, second, None, self._names, now)

    def void(self) -> None:
        """Our own clock stood still: nothing that was seen before says anything now."""
        with self._guard:
            self._last, self._before = {}, {}
            self._store = (float("-inf"), "", None)
        self._asked = {}

    def close(self) -> None:
        for shell in self._shells.values():
            shell.close()

    def _server(self, name: str) -> PostgresTarget | None:
        node = self._spec.node(name)
        return None if node is None else node.postgres

    def _hears(self, name: str, marker: str) -> Callable[[Answer, float, float], None]:
        def heard(answer: Answer, asked: float, answered: float) -> None:  # noqa: ARG001 - the form of Told
            now, at = self._tools.clock.now(), self._places[name]
            text = _text(answer)
            look = unreached(at, now, "not readable") if text is None else read_look(at, now, text, marker)
            with self._guard:
                last = self._last.get(name)
                # The look before is always one that is old enough to be a second opinion.
                if last is not None and look.at.ticks - last.at.ticks >= LOOKS_APART_SECONDS_MIN:
                    self._before[name] = last
                self._last[name] = look
            self._changed()

        return heard

    def _looks(self, now: Moment, looks: Looks) -> Looks:
        """The looks that are of now, with what the store said where that was asked of a node."""
        when, whom, said = self._store
        found = {}
        for name, look in looks.items():
            if now.ticks - look.at.ticks > STALE_SECONDS:
                look = unreached(self._places[name], look.at, "not heard of late")
            if name == whom and now.ticks - when <= STORE_FRESH_SECONDS:
                look = replace(look, store=said)
            found[name] = look
        return found

    def _ask_store(self, looks: Looks, now: Moment) -> None:
        """Where no holder proves by itself that there is a majority: patronictl, which reads the store anew."""
        name = next((name for name, look in looks.items() if look.own is not None), None)
        if name is None:
            return
        marker = secrets.token_hex(12)

        def heard(answer: Answer, asked: float, answered: float) -> None:  # noqa: ARG001 - the form of Told
            text = _text(answer)
            self._store = (answered, name, None if text is None else read_store(text, marker))
            self._changed()

        if self._shells[name].ask(_carried(store_script(self._places[name], marker)), heard, now.ticks):
            self._store_asked = now.ticks


def _carried(script: str) -> str:
    """A script whose output comes as one line: answers of HTTP end their lines in another way than ours do."""
    return f"printf 'text '; {{\n{script}}} </dev/null 2>/dev/null | base64 | tr -d '\\n'; echo\n"


def _text(answer: Answer) -> bytes | None:
    """The output that was carried; None where it is none."""
    for line in answer.lines:
        if line.startswith(b"text "):
            try:
                return base64.b64decode(line[5:], validate=True)
            except binascii.Error:
                return None
    return None
