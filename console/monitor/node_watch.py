"""Watches one node: keeps its SSH connection and sessions, asks each round, and holds what it last said."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.domain.cluster import ClusterSpec, NodeKind, NodeSpec
from console.domain.fleet import MARK_MISSED, STRIP_MARKS
from console.domain.observation import Observation, turned
from console.domain.reading import Books, Moment, SqlContact, SqlState, SshContact, SshState, Vital
from console.domain.suspicion import Channel
from console.monitor.conversation import Conversation, framed
from console.monitor.identity import Identity
from console.monitor.postgres_watch import PostgresWatch, Tools
from console.monitor.pulses import Pulses
from console.postgres import host_facts
from console.postgres.probe import Answer
from console.ssh.backoff import pause_seconds
from console.ssh.command import Command
from console.ssh.connection import Connection, TalkEnded
from console.ssh.execution import EndReason
from console.ssh.refused import SshRefused

HOST_EVERY_SECONDS: Final = 5.0
LOOK_AGAIN_SECONDS: Final = 0.25  # death needs two looks, 200 ms apart
LATE_LOOK_SECONDS: Final = 0.9  # before the next round comes: a vital answer this late: look at the processes
LEFT_OVER_SECONDS_MAX: Final = 60.0
LEFT_OVER_LOOK_SECONDS: Final = 0.3
SH_SECONDS_MAX: Final = 60.0
SHORT_LIFE_SECONDS: Final = 10.0  # a connection that ends so soon counts as a failed try, or we would knock without end
SH: Final = Command(argv=("sh",), environment=(("LC_ALL", "C"),))

log = logging.getLogger(__name__)


class NodeWatch:
    """One node under watch. `changed(urgent)` is called after each change, from any thread and outside any lock."""

    def __init__(
        self,
        cluster: ClusterSpec,
        node: NodeSpec,
        tools: Tools,
        *,
        changed: Callable[["NodeWatch", bool], None],
        beaten: Callable[[int, float], None],
        poke: Callable[["NodeWatch", float], None],
    ) -> None:
        self.cluster, self.node, self._tools = cluster, node, tools
        self._changed, self._beaten, self._poke = changed, beaten, poke
        self._guard = threading.RLock()
        self._connection: Connection | None = None
        self._connecting = False
        self.closed = False
        self._held = False  # by a rehearsal: it is not connected
        self._attempts = 0
        self._connect_ticks = float("-inf")
        self._connected_ticks = float("-inf")
        self._lost_ticks = tools.clock.ticks()  # an engine before us may have left sessions behind
        self._served = False  # PostgreSQL may be asked over this connection
        self._identity = Identity()
        self.pulses = Pulses(cluster, node)
        self._sh: Conversation | None = None
        self._host_ticks = float("-inf")
        self._urgent_looks = 0
        self._programs: host_facts.HostSurvey | None = None
        self._strip: deque[int] = deque(maxlen=STRIP_MARKS)
        self._round_open = False
        self._round_answered: float | None = None
        now = tools.clock.now()
        contact = SqlContact(state=SqlState.CONNECTING, since=now)
        self._seen = Observation(
            spec=node, ssh=SshContact(state=SshState.CONNECTING, since=now), vital_contact=contact,
            books_contact=contact,
        )  # fmt: skip
        self._postgres = PostgresWatch(cluster, node, tools, self) if node.kind is NodeKind.POSTGRES else None

    def seen(self) -> Observation:
        """What is known now."""
        postgres, sh = self._postgres, self._sh
        with self._guard:
            asked = None if sh is None else sh.asked_ticks
            seen, strip = self._seen, tuple(self._strip)
        if postgres is None:
            return replace(seen, host_asked_ticks=asked, strip=strip)
        return replace(
            seen,
            host_asked_ticks=asked,
            strip=strip,
            vital_contact=postgres.vital.contact,
            books_contact=postgres.books.contact,
            beat_contact=postgres.beat.contact if postgres.beats else None,
            vital_asked_ticks=postgres.vital.asked_ticks,
            books_asked_ticks=postgres.books.asked_ticks,
        )

    def answered_since(self, ticks: float) -> bool:
        """Has the server (a backup host: the host) answered since then, and is no question to it out?"""
        postgres, seen = self._postgres, self._seen
        if postgres is None:
            return seen.host is not None and seen.host.at.ticks > ticks
        if seen.vital is None or seen.vital.at.ticks <= ticks:
            return False
        return postgres.vital.asked_ticks is None and postgres.books.asked_ticks is None

    def known(self) -> Observation:
        """The readings kept so far, without the state of the sessions."""
        return self._seen

    # -- rounds ------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """One round: note what the last one brought, ask anew. Called by the scheduler; never blocks."""
        ticks = self._tools.clock.ticks()
        self._close_round()
        connection = self._connection
        if connection is None:
            self._connect_when_due(ticks)
            return
        if self._programs is None or (self._postgres is not None and not self._served):
            if self._sh is not None:
                self._ask_survey(self._sh)
            return
        self._renew_sh(ticks)
        late = False
        if self._postgres is not None:
            asked = self._postgres.vital.asked_ticks
            late = asked is not None and ticks - asked >= LATE_LOOK_SECONDS
            self._postgres.round(ticks)
        if late or self._postgres is None or ticks - self._host_ticks >= HOST_EVERY_SECONDS:
            self.look()

    def look(self) -> None:
        """Ask the host now, if it is not being asked."""
        sh = self._sh
        if sh is None or self._programs is None:
            return
        vital = self._seen.vital
        target = self.node.postgres
        directory = target.data_directory if target is not None else None
        if target is not None and directory is None and vital is not None:
            directory = vital.data_directory
        if directory is not None and not directory.startswith("/"):
            directory = None  # a server's word that is no path is asked nowhere
        script = host_facts.host_script(
            data_directory=directory, bin_directory=self.bin_directory, become=self.node.become,
            timeline=1 if vital is None or vital.in_recovery else vital.timeline,
        )  # fmt: skip
        if sh.ask(lambda nonce: framed(script, nonce), self._host_heard):
            self._host_ticks = self._tools.clock.ticks()

    def urgent(self) -> None:
        """A poke: open what is due, look again if that was asked for."""
        with self._guard:
            looks, self._urgent_looks = self._urgent_looks, max(0, self._urgent_looks - 1)
        ticks = self._tools.clock.ticks()
        if self._connection is None:
            self._connect_when_due(ticks)
            return
        sh = self._sh
        if sh is not None and (self._programs is None or (self._postgres is not None and not self._served)):
            self._ask_survey(sh)
            return
        if looks:
            self.look()
            if looks > 1:
                self._poke(self, LOOK_AGAIN_SECONDS)
        if self._postgres is not None and self._programs is not None:
            self._postgres.ask_vital()

    def void(self) -> None:
        """Our own clock stood still: nothing that was known before is evidence any more."""
        now = self._tools.clock.now()
        with self._guard:
            self._seen = replace(
                self._seen, vital=None, books=None, host=None, earlier_host=None, disk_full_said=None,
                ssh=replace(self._seen.ssh, since=now), void_ticks=now.ticks,
            )  # fmt: skip
        self.pulses.broken()
        self._changed(self, True)

    def confirm_identity(self) -> None:
        """A person says that this is the right machine."""
        with self._guard:
            self._seen = replace(self._seen, identity_changed="")
            self._identity.confirm()
        self._changed(self, True)

    def hurry(self) -> None:
        """Something that kept us out was put right (a key accepted, a secret given): try again at once."""
        self._attempts = 0
        self._connect_ticks = float("-inf")
        if self._postgres is not None:
            self._postgres.hurry()
        self._poke(self, 0.0)

    def hold_probe(self, held: bool) -> None:
        """A rehearsal cuts our own channel to the node and holds it, or lets it be opened again. May wait briefly."""
        self._held = held
        if held:
            self._connection_lost("our own channel is held for a rehearsal")
        else:
            self.hurry()

    def hold_beat(self, held: bool) -> None:
        """A rehearsal has our own heartbeat not written, or written again."""
        if self._postgres is not None:
            self._postgres.beat_held = held

    def beat_age(self) -> float | None:
        """Seconds since our heartbeat was last written here; None where that is not ours, or nobody answers."""
        return None if self._postgres is None else self._postgres.beat_age(self._tools.clock.ticks())

    def close(self) -> None:
        self.closed = True
        self._drop()

    def _close_round(self) -> None:
        """The mark of the round that ends now."""
        with self._guard:
            was_open, self._round_open = self._round_open, True
            if not was_open:
                return  # the first round has only begun
            answered, self._round_answered = self._round_answered, None
            mark = MARK_MISSED if answered is None else max(1, min(round(answered * 1e6), 2**31 - 1))
            self._strip.append(mark)

    # -- the SSH connection -------------------------------------------------------------------------------------

    def _connect_when_due(self, ticks: float) -> None:
        with self._guard:
            if self._connecting or self.closed or self._held or ticks < self._connect_ticks:
                return
            self._connecting = True
        self._tools.pool.submit(self._connect)

    def _connect(self) -> None:
        """In the pool: log in, start `sh`, survey the host."""
        try:
            connection = self._tools.sessions.connect(self.node.ssh, on_lost=self._lost)
        except SshRefused as refused:
            self._not_connected(refused)
            return
        except Exception as error:  # a poll round: one node's surprise must not end the watch of the others
            log.exception("%s: connecting failed in a way that was not foreseen", self.node.name)
            detail = f"{type(error).__name__}: {error}"
            self._not_connected(SshRefused(SshState.BROKEN, self.node.ssh.host, detail=detail))
            return
        with self._guard:
            self._connecting = False
            self._connection = connection
            address = connection.address
            now = self._tools.clock.now()
            self._connected_ticks = now.ticks
            self._seen = replace(self._seen, ssh=SshContact(state=SshState.ANSWERS, since=now), address=address)
        if self.closed or self._held or not connection.alive:
            self._connection_lost("closed while it was opened")
            return
        self._start_sh(connection)
        self._changed(self, True)

    def _not_connected(self, refused: SshRefused) -> None:
        now = self._tools.clock.now()
        with self._guard:
            self._connecting = False
            self._attempts += 1
            self._connect_ticks = now.ticks + pause_seconds(self._attempts, self._tools.chance)
            before = self._seen.ssh
            since = before.since if before.state is refused.state else now
            contact = SshContact(
                state=refused.state, since=since, detail=refused.detail, fingerprint=refused.fingerprint
            )
            self._seen = replace(self._seen, ssh=contact)
            wait = self._connect_ticks - now.ticks
        self._poke(self, wait)
        self._changed(self, True)

    def _lost(self, refused: SshRefused) -> None:
        self._connection_lost(refused.detail, refused.state)

    def _connection_lost(self, reason: str, state: SshState = SshState.BROKEN) -> None:
        """The connection is gone or of no use: drop all that hangs on it, and try again."""
        now = self._tools.clock.now()
        with self._guard:
            if self._connection is None:
                return
            self._lost_ticks = now.ticks
            lived = now.ticks - self._connected_ticks
            self._attempts = 0 if lived > SHORT_LIFE_SECONDS else self._attempts + 1
            wait = pause_seconds(self._attempts, self._tools.chance) if self._attempts else 0.0
            self._connect_ticks = now.ticks + wait
            self._seen = replace(self._seen, ssh=SshContact(state=state, since=now, detail=reason))
        self._drop()
        if not self.closed:
            self._poke(self, wait)
            self._changed(self, True)

    def _drop(self) -> None:
        with self._guard:
            connection, self._connection = self._connection, None
            sh, self._sh = self._sh, None
            self._programs = None
            self._served = False
        if self._postgres is not None:
            self._postgres.unreached()
        if sh is not None:
            sh.close()
        if connection is not None:
            connection.close()

    def _renew_sh(self, ticks: float) -> None:
        """A shell that hangs (a `df` on a dead mount) is left behind: the host is asked over a new one."""
        sh, connection = self._sh, self._connection
        asked = sh.asked_ticks if sh is not None else None
        if sh is None or connection is None or asked is None or ticks - asked < SH_SECONDS_MAX:
            return
        with self._guard:
            self._sh = None
        self._tools.pool.submit(self._replace_sh, sh, connection)

    def _replace_sh(self, old: Conversation, connection: Connection) -> None:
        old.close()
        self._start_sh(connection)

    def _start_sh(self, connection: Connection) -> None:
        try:
            sh = Conversation(connection, SH, clock=self._tools.clock, on_end=self._sh_ended)
        except SshRefused as refused:
            self._connection_lost(refused.detail)
            return
        with self._guard:
            self._sh = sh
        self._ask_survey(sh)

    def _sh_ended(self, why: TalkEnded | str) -> None:
        """The shell ended while the connection may live: the whole connection is made anew."""
        if not isinstance(why, str) and why.reason in (EndReason.CLOSED, EndReason.LOST):
            return  # by us; or the connection's own end follows, and says why
        text = why if isinstance(why, str) else f"the shell on the host ended ({why.reason.value})"
        if isinstance(why, TalkEnded) and why.stderr.strip():
            text += f": {why.stderr.decode('utf-8', 'replace').strip()[-200:]}"
        self._connection_lost(text)

    def _ask_survey(self, sh: Conversation) -> None:
        target = self.node.postgres
        script = host_facts.survey_script(
            target.bin_directory if target else None, self._tools.marker(self.cluster, self.node)
        )
        sh.ask(lambda nonce: framed(script, nonce), self._survey_heard)

    def _survey_heard(self, answer: Answer, asked: float, answered: float) -> None:  # noqa: ARG002 - the form of Heard
        survey = host_facts.read_survey(answer.lines)
        with self._guard:
            self._programs = survey
            if self._served:
                return
        self.look()
        if survey.left_over and answered - self._lost_ticks < LEFT_OVER_SECONDS_MAX:
            # Old sessions of ours are still there: no new connection to the server before they are gone.
            self._poke(self, LEFT_OVER_LOOK_SECONDS)
            return
        connection = self._connection
        if self._postgres is not None and connection is not None:
            self._served = True
            self._postgres.reached(connection, self.bin_directory, survey.login)
            self._postgres.ask_vital()

    @property
    def connection(self) -> Connection | None:
        """The connection that is kept; None where the host is not reached."""
        return self._connection

    @property
    def bin_directory(self) -> str | None:
        """Where PostgreSQL's programs are on the host; None where that is not known."""
        target = self.node.postgres
        if target is not None and target.bin_directory is not None:
            return target.bin_directory
        survey = self._programs
        return survey.bin_directories[0] if survey is not None and survey.bin_directories else None

    # -- what the server said -----------------------------------------------------------------------------------

    def keep_vital(self, vital: Vital) -> None:
        with self._guard:
            before = self._seen.vital
            changed = before is None or before.in_recovery != vital.in_recovery or before.timeline != vital.timeline
            identity = self._identity.changed(self._seen.identity_changed, system_identifier=vital.system_identifier)
            self._seen = replace(self._seen, vital=vital, identity_changed=identity)
            self._round_answered = vital.round_trip_seconds
        self.pulses.heard(Channel.VITAL, vital.at.ticks)
        self._changed(self, changed)

    def keep_books(self, books: Books) -> None:
        with self._guard:
            self._seen = replace(self._seen, books=books)
        self.pulses.heard(Channel.BOOKS, books.at.ticks)
        self._changed(self, False)

    def keep_beat(self, beat: int, ticks: float) -> None:
        self.pulses.heard(Channel.BEAT, ticks)
        self._beaten(beat, ticks)

    def keep_full(self, at: Moment) -> None:
        with self._guard:
            self._seen = replace(self._seen, disk_full_said=at)

    def server_gone(self) -> None:
        """The server answers no more: look at the host at once, and again, as death needs two looks."""
        with self._guard:
            self._urgent_looks = 3
        self._poke(self, 0.0)

    def told(self) -> None:
        self._changed(self, True)

    # -- the host -----------------------------------------------------------------------------------------------

    def _host_heard(self, answer: Answer, asked: float, answered: float) -> None:
        now = self._tools.clock.now()
        host = host_facts.read_host(answer.lines, now, answered - asked)
        with self._guard:
            before = self._seen.host
            known = self._seen.identity_changed
            identity = self._identity.changed(known, machine=host.machine_id, boot=host.boot_id)
            earlier = before
            if before is not None and self._seen.earlier_host is not None:
                apart = before.at.ticks - self._seen.earlier_host.at.ticks
                vital = self._seen.vital
                still = vital is None or self._seen.earlier_host.at.ticks > vital.at.ticks
                # Keep the first look that found nobody: each further one then stands against it. One that still
                # found processes is no such look, however lately the server had answered before it.
                empty = self._seen.earlier_host.processes == ()
                earlier = self._seen.earlier_host if still and empty and apart > 0 else before
            self._seen = replace(self._seen, host=host, earlier_host=earlier, identity_changed=identity)
            if self.node.kind is NodeKind.BACKUP:
                self._round_answered = answered - asked
        self.pulses.heard(Channel.HOST, now.ticks)
        postgres = self._postgres
        if postgres is not None and turned(before, host):
            postgres.hurry()
            self._poke(self, 0.0)
        sick = postgres is not None and (
            postgres.vital.contact.state is not SqlState.ANSWERS or postgres.vital.asked_ticks is not None
        )
        self._changed(self, sick)
