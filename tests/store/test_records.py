"""Records of one kind, and the lines that are only ever added to them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from console.domain.drill import Drill, DrillKind, DrillState
from console.domain.monitoring import CheckReading, CheckState
from console.store import schema
from console.store.database import Store
from console.store.records import Lines, Records
from console.store.trouble import StoreTrouble, TroubleKind

AT = datetime(2026, 3, 14, 2, 41, tzinfo=UTC)


def drill(name: str, minutes: int = 0, cluster: str = "lab", state: DrillState = DrillState.RUNNING) -> Drill:
    return Drill(id=name, cluster=cluster, kind=DrillKind.DETECTOR, state=state,
                 begun_at=AT + timedelta(minutes=minutes), by="otto")  # fmt: skip


def keep(records: Records[Drill], one: Drill) -> None:
    records.keep(one.id, one, cluster=one.cluster, at=one.begun_at, is_open=one.state is DrillState.RUNNING)


def test_a_record_is_read_back_replaced_found_and_dropped(store: Store) -> None:
    records = Records(store, "drill", Drill)
    for one in (drill("d-1"), drill("d-2", 5), drill("e-1", 9, cluster="ledger-us")):
        keep(records, one)
    assert records.get("d-1") == drill("d-1")
    assert [one.id for one in records.newest()] == ["e-1", "d-2", "d-1"]
    assert [one.id for one in records.newest(cluster="lab", most=1)] == ["d-2"]
    keep(records, drill("d-2", 5, state=DrillState.PASSED))
    assert [one.id for one in records.newest(open_only=True)] == ["e-1", "d-1"]
    assert records.begins("e") == drill("e-1", 9, cluster="ledger-us")
    assert records.begins("d") is None
    assert Records(store, "other", Drill).newest() == ()
    records.drop("d-1")
    assert records.get("d-1") is None


def test_what_is_open_does_not_age_out(store: Store) -> None:
    records, lines = Records(store, "drill", Drill), Lines(store, "drill", Drill)
    keep(records, drill("old-open"))
    keep(records, drill("old", state=DrillState.PASSED))
    lines.add("old", [(AT, drill("x"))])
    assert records.expire(AT + timedelta(days=1)) == 1
    assert [one.id for one in records.newest()] == ["old-open"]
    assert lines.count("old") == 0


def test_lines_are_had_by_their_time_and_in_order(store: Store) -> None:
    def reading(second: int) -> CheckReading:
        return CheckReading(cluster="lab", check="queue", node="lab-1", at=AT + timedelta(seconds=second),
                            state=CheckState.OK, text=f"queue {second}")  # fmt: skip

    lines = Lines(store, "check", CheckReading)
    lines.add("lab queue", [(reading(n).at, reading(n)) for n in (3, 1, 2)], durable=True)
    lines.add("lab other", [(AT, reading(0))])
    found = lines.between("lab queue", AT, AT + timedelta(seconds=2))
    assert [one.text for one in found] == ["queue 1", "queue 2"]
    newest = lines.between("lab queue", AT, AT + timedelta(days=1), most=1)
    assert [one.text for one in newest] == ["queue 3"]
    latest = lines.latest("lab queue", AT + timedelta(seconds=2.5))
    assert latest is not None and latest.text == "queue 2"
    assert lines.latest("lab queue", AT) is None
    assert lines.moments("lab queue") == tuple(AT + timedelta(seconds=n) for n in (1, 2, 3))
    lines.expire(AT + timedelta(seconds=2))
    assert lines.count("lab queue") == 2


def test_a_damaged_record_is_said_to_be_damaged(store: Store) -> None:
    records = Records(store, "drill", Drill)
    keep(records, drill("d-1"))
    with store.writing(durable=True) as connection:
        connection.execute(update(schema.records).values(value='{"id": 7}'))
    with pytest.raises(StoreTrouble) as met:
        records.get("d-1")
    assert met.value.kind is TroubleKind.DAMAGED


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_an_id_that_does_not_fit_is_refused(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 200"):
        Records(store, "drill", Drill).keep(name, drill("d"), cluster="lab", at=AT)
