"""Recorded real runs: the judge that the simulator feeds comes to the verdicts, and the acts, of the day itself."""

import gzip
import re
from collections import defaultdict

from console.domain.verdict import Health
from tests.simulate.day_record import FILE, act_of, judged, named, read

RUNS_MIN = 20
BYTES_MAX = 1_500_000


def test_recorded_runs_are_judged_as_they_were() -> None:
    spec, said, acts = None, defaultdict(set), set()
    for one in read():
        spec = one.spec or spec
        assert spec is not None
        verdict = judged(spec, one)
        assert (verdict.health, named(verdict)) == (one.health, one.findings), f"{one.run} at {one.now.ticks:.1f}"
        assert tuple(act_of(known) for known in one.known) == one.acted, f"{one.run} at {one.now.ticks:.1f}"
        said[one.run] |= {one.health}
        acts |= {act for act in one.acted if act}
    assert len(said) >= RUNS_MIN
    assert all(health - {Health.HEALTHY} for health in said.values()), "a run in which nothing was found"
    assert {"failover", "restart"} <= {act.split()[0] for act in acts}


def test_the_records_tell_nothing_of_a_machine() -> None:
    assert FILE.stat().st_size < BYTES_MAX
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            assert re.search(r"/(root|home|tmp|work|var/tmp)/|password=|PRIVATE KEY", line) is None
