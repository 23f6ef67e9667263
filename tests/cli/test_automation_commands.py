"""`automation` and `watch --unit`: what is named changes and all else stays; the unit is one that systemd takes."""

import shutil
import subprocess
from argparse import Namespace
from datetime import time
from pathlib import Path

import pytest

from console.cli.automation import _changed, unit_text
from console.cli.automation_options import quiet_hours
from console.domain.automation import AutomationMode, AutomationPolicy

NOTHING = Namespace(
    word="", at_once=None, quorum_fence=None, max_loss_entries=None, evidence_seconds=None, pause_minutes=None,
    backup_hours=None, restart_standbys=None, rebuild_standbys=None, quiet=(), maintenance=None, reason="",
)  # fmt: skip


def named(**options: object) -> Namespace:
    return Namespace(**{**vars(NOTHING), **options})


def test_what_is_named_changes_and_all_else_stays() -> None:
    before = AutomationPolicy(mode=AutomationMode.OBSERVE, at_once=True, loss_entries_max=7)
    after = _changed(before, named(word="automatic", pause_minutes=5.0, at_once=False))
    assert (after.mode, after.at_once, after.loss_entries_max, after.pause_minutes) == (
        AutomationMode.AUTOMATIC, False, 7, 5.0,
    )  # fmt: skip
    assert _changed(before, named()) == before


def test_quiet_hours_and_maintenance_come_and_go() -> None:
    quiet = _changed(AutomationPolicy(), named(quiet=quiet_hours("22:00-06:00")))
    assert (quiet.quiet_from, quiet.quiet_to) == (time(22), time(6))
    assert _changed(quiet, named(quiet=quiet_hours("none"))) == AutomationPolicy()
    held = _changed(AutomationPolicy(), named(maintenance="2h", reason="switches"))
    assert [one.reason for one in held.maintenance] == ["switches"]
    assert (held.maintenance[0].end - held.maintenance[0].begin).total_seconds() == 7200
    assert _changed(held, named(maintenance="0")).maintenance == ()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
@pytest.mark.parametrize("home", ["/srv/ledger console", '/srv/50% "odd" $HOME\\n'])
def test_the_unit_is_one_that_systemd_takes(tmp_path: Path, home: str) -> None:
    path = tmp_path / "ledger-console.service"
    path.write_text(unit_text(home=home, account="root"))
    said = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True, timeout=60,
                          check=False)  # fmt: skip
    assert said.returncode == 0 and "ledger-console" not in said.stderr, said.stderr


def test_the_unit_starts_this_engine_again_after_a_fault_and_leaves_a_stopped_one_stopped() -> None:
    text = unit_text(home="/srv/home", account="ops")
    assert '"--home" "/srv/home" "watch"' in text and "User=ops\n" in text
    assert "Restart=on-failure\n" in text
