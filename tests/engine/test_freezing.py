"""The one switch: what it stops, what goes on, and that it holds over the engine's own end."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.cli import main
from console.domain.freezing import Frozen
from console.domain.plan import Operation
from console.domain.reading import Moment
from console.domain.run import Choice, Mode
from console.engine.decisions import decision_of
from console.engine.freezing import REASON_CHARACTERS_MAX, Freezer, stopped
from console.link.backups import StartBackup, StartVerify
from console.link.changes import AnswerRun, AskRuns, Propose, StartRun
from console.link.governance import BreakGlass, Freeze, GiveApproval
from console.link.messages import Message, Refused
from console.places import Home
from console.store.database import open_store
from console.store.trouble import StoreTrouble, TroubleKind
from tests.watched import Watched

NOW = Moment(datetime(2026, 3, 14, 2, 41, tzinfo=UTC), 100.0)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (StartRun(plan="p", digest="d", mode=Mode.REAL), True),
        (StartRun(plan="p", digest="d", mode=Mode.REHEARSAL), False),
        (AnswerRun(run="r", choice=Choice.GO_ON), True),
        (AnswerRun(run="r", choice=Choice.LEAVE), False),
        (GiveApproval(run="r", person="olga", text="t", signature="s", loss_entries_max=0), True),
        (BreakGlass(run="r", reason="nobody else is there"), True),
        (StartBackup(cluster="lab"), True),
        (StartVerify(cluster="lab"), False),
        (Propose(cluster="lab", operation=Operation.FAILOVER), False),
        (AskRuns(), False),
    ],
)
def test_what_would_change_a_node_is_stopped_and_nothing_else(question: Message, wanted: bool) -> None:
    assert stopped(question) is wanted


def test_it_is_turned_with_a_reason_kept_and_lifted(tmp_path: Path) -> None:
    turns: list[Frozen | None] = []
    backup = StartBackup(cluster="lab")
    with open_store(tmp_path / "store.sqlite") as store:
        freezer = Freezer(store, lambda: NOW)
        freezer.turned = lambda frozen, _person: turns.append(frozen)
        assert freezer.refused(backup) is None
        assert freezer.turn(Freeze(on=True, reason="  "), "otto") == Refused(reason="freeze-without-reason")
        freezer.turn(Freeze(on=True, reason="x" * 600), "otto")
        assert freezer.now() == Frozen(by="otto", at=NOW.utc, reason="x" * REASON_CHARACTERS_MAX)
    with open_store(tmp_path / "store.sqlite") as store:
        again = Freezer(store, lambda: NOW)
        refused = again.refused(backup)
        assert refused is not None and (refused.reason, refused.subject) == ("frozen", "otto")
        again.turn(Freeze(on=False), "anna")
        assert again.refused(backup) is None
    assert turns == [Frozen(by="otto", at=NOW.utc, reason="x" * REASON_CHARACTERS_MAX)]


def test_a_killed_engine_is_frozen_still(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "h")
    home.directory.mkdir()
    watched = Watched(home, None)  # type: ignore[arg-type]
    try:
        assert watched.json("engine", "freeze", "--reason", "audit week")["engine"]["frozen"]["reason"] == "audit week"
        watched.kill_engine()
        seen = watched.json("engine", "lift")
        assert seen["engine"]["frozen"] is None
        watched.json("engine", "freeze", "--reason", "again")
        refused = watched.json("audit", "list")
        words = [(one["subject"], dict(one["detail"]).get("reason")) for one in refused["entries"]]
        assert words[:3] == [("freeze", "again"), ("lift-freeze", ""), ("freeze", "audit week")]
    finally:
        main(["--home", str(home.directory), "engine", "stop", "--json"])
        capsys.readouterr()


@pytest.mark.allows_warnings
def test_it_holds_where_the_store_does_not_take_it_and_says_that_it_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[Frozen | None] = []

    def full(*_: object, **__: object) -> None:
        raise StoreTrouble(TroubleKind.FULL, "store.sqlite")

    with open_store(tmp_path / "store.sqlite") as store:
        freezer = Freezer(store, lambda: NOW)
        freezer.turned = lambda frozen, _person: turns.append(frozen)
        monkeypatch.setattr(freezer._records, "keep", full)
        assert freezer.turn(Freeze(on=True, reason="disk"), "otto") == Freeze(on=True, reason="disk", kept=False)
        assert freezer.refused(StartBackup(cluster="lab")) is not None and turns == [freezer.now()]
        monkeypatch.setattr(freezer._records, "drop", full)
        with pytest.raises(StoreTrouble):
            freezer.turn(Freeze(on=False), "otto")
        assert freezer.now() is not None
    freezes, lifts = decision_of(Freeze(on=True, reason="disk")), decision_of(Freeze(on=False))
    assert freezes is not None and lifts is not None
    assert (freezes.essential, lifts.essential) == (False, True)
