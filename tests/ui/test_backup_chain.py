"""The chain on its time axis: where things stand, the selection by keyboard, what it says, and its table."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.backup import Backup, BackupState, BackupsView
from console.domain.backup_policy import BackupKind
from console.ui import theme
from console.ui.backup_chain import BackupChain
from console.ui.backup_table import BackupTable
from console.ui.chain_layout import Scale, Sizes, picture, ticks
from tests.ui import backup_stories as stories

NOW = stories.NOW
SIZES = Sizes(em=13.0, width=976.0, label=108.0, now=34.0)


class Shown:
    """A chain, and what was chosen in it."""

    def __init__(self, qtbot: QtBot, view: BackupsView) -> None:
        self.view = view
        self.seen = view.repositories[0]
        self.chosen: list[Backup] = []
        self.chain = BackupChain()
        qtbot.addWidget(self.chain)
        self.chain.selected.connect(self._choose)
        self.chain.resize(976, 260)
        self.chain.show()
        self.show(self.seen.backups[-1].id if self.seen.backups else "")

    def show(self, chosen: str) -> None:
        self.chain.show_chain(self.view, self.seen, chosen, NOW)

    def _choose(self, backup: Backup) -> None:
        self.chosen.append(backup)
        self.show(backup.id)


def test_everything_stands_in_the_order_of_time() -> None:
    view = stories.busy()
    made = picture(view, view.repositories[0], NOW, SIZES)
    assert [box.backup.id for box in made.boxes] == [one.id for one in stories.backups()]
    places = [box.x for box in made.boxes]
    assert places == sorted(places)
    assert all(SIZES.label <= x <= SIZES.width - SIZES.now for x in places)
    assert made.job is not None
    assert made.job_x > made.now_x
    rows = [kind for kind, _top in made.rows.kinds]
    assert rows == [BackupKind.FULL, BackupKind.DIFFERENTIAL, BackupKind.INCREMENTAL]


def test_each_parent_leads_to_its_child() -> None:
    view = stories.view()
    made = picture(view, view.repositories[0], NOW, SIZES)
    assert {(link.parent, link.child) for link in made.links} == {
        (one.parent, one.id) for one in stories.backups() if one.parent is not None
    }
    for link in made.links:
        child = made.box_of(link.child)
        assert child is not None
        assert link.points[-1] == (child.x, child.middle)


def test_a_hole_is_as_long_as_what_can_not_be_had() -> None:
    view = stories.view()
    made = picture(view, view.repositories[0], NOW, SIZES)
    (hole,) = made.holes
    first, second = made.windows
    assert hole.x == pytest.approx(first.x + first.width)
    assert hole.x + hole.width == pytest.approx(second.x)
    assert len(made.wal) == 2


def test_months_of_backups_stay_apart() -> None:
    view = stories.long_story()
    made = picture(view, view.repositories[0], NOW, SIZES)
    daily = [box for box in made.boxes if box.backup.kind is BackupKind.INCREMENTAL]
    assert len(daily) == 101
    assert all(box.thin for box in daily)
    gaps = [other.x - one.right for one, other in pairwise(daily)]
    assert min(gaps) > 0
    near = picture(view, view.repositories[0], NOW, SIZES, since=NOW - timedelta(days=14))
    assert 14 <= len(near.boxes) <= 15, "two weeks, and the margin before them"
    assert near.links[0].points[0][0] == SIZES.label, "what stands on an older one is led to the edge"


@pytest.mark.parametrize("minutes", [10, 90, 60 * 8, 60 * 24 * 9, 60 * 24 * 120, 60 * 24 * 900])
def test_labels_of_the_axis_never_touch(minutes: int) -> None:
    scale = Scale(begin=NOW - timedelta(minutes=minutes), end=NOW, left=100.0, right=940.0)
    found = ticks(scale, 65.0)
    assert found
    assert all(b.x - a.x >= 64.9 for a, b in pairwise(found))
    assert all(tick.label for tick in found)


def test_arrows_walk_through_time_and_through_the_chain(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.view())
    every = stories.backups()
    for key, wanted in (
        (Qt.Key.Key_Left, every[8]), (Qt.Key.Key_Up, every[7]), (Qt.Key.Key_Down, every[8]),
        (Qt.Key.Key_Home, every[0]), (Qt.Key.Key_Down, every[1]), (Qt.Key.Key_End, every[9]),
    ):  # fmt: skip
        qtbot.keyClick(shown.chain, key)
        assert shown.chain.chosen == wanted.id
    qtbot.keyClick(shown.chain, Qt.Key.Key_Right)
    assert shown.chosen[-1].id == every[9].id, "the end is the end"


def test_a_click_chooses_and_the_pointer_is_told_what_it_stands_on(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.view())
    made = shown.chain.picture
    assert made is not None
    box = made.box_of(stories.backups()[3].id)
    assert box is not None
    qtbot.mouseClick(shown.chain, Qt.MouseButton.LeftButton, pos=QPoint(round(box.centre), round(box.middle)))
    assert shown.chain.chosen == stories.backups()[3].id
    assert shown.chain.said_at(QPointF(box.centre, box.middle)).startswith(
        "Differential, 11 Mar 01:00, restored, books proven, 31.0 GB"
    )
    hole = made.holes[0]
    assert "one WAL segment is missing" in shown.chain.said_at(QPointF(hole.x + 1, made.rows.window + 5))
    assert shown.chain.said_at(QPointF(20, 5)) == ""


def test_the_screen_reader_hears_every_backup_and_the_hole(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.view())
    lines = shown.chain.accessibleDescription().split("\n")
    assert len(lines) == 11
    assert lines[0].startswith("Full, 8 Mar 01:00, checksums read back")
    assert lines[-1] == "3 h 13 min not restorable: one WAL segment is missing"
    assert "Selected: Incremental, 17 Mar 00:20, restored, books proven" in shown.chain.accessibleName()


def test_both_themes_and_large_fonts_paint_all_states(qtbot: QtBot, qapp: QApplication) -> None:
    views = (stories.busy(), stories.view(failed=True), stories.long_story(), stories.minutes(), stories.hostile())
    for choice, pixels in ((theme.Choice.LIGHT, 13), (theme.Choice.DARK, 13), (theme.Choice.LIGHT, 26)):
        theme.apply(qapp, choice, pixels=pixels)
        for view in views:
            shown = Shown(qtbot, view)
            shown.chain.setFocus()
            image = shown.chain.grab().toImage()
            assert not image.isNull()
            colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3)
                       for y in range(0, image.height(), 5)}
            assert len(colours) > 6, "something was painted"


def test_a_broken_backup_counts_for_nothing_and_says_so(qtbot: QtBot) -> None:
    view = stories.view()
    broken = replace(view.repositories[0].backups[-1], state=BackupState.BROKEN, trouble="no manifest \x1b[31m")
    seen = replace(view.repositories[0], backups=(*view.repositories[0].backups[:-1], broken))
    shown = Shown(qtbot, replace(view, repositories=(seen,)))
    said = shown.chain.spoken(broken)
    assert "broken, counts for nothing" in said
    assert "\x1b" not in said


def test_a_running_arc_turns_only_while_something_runs(qtbot: QtBot) -> None:
    shown = Shown(qtbot, stories.busy())
    assert shown.chain._turning.isActive()
    shown.view = stories.view()
    shown.seen = shown.view.repositories[0]
    shown.show("")
    assert not shown.chain._turning.isActive()


def test_the_table_says_the_same(qtbot: QtBot) -> None:
    view = stories.view(failed=True)
    table = BackupTable()
    qtbot.addWidget(table)
    chosen: list[Backup] = []
    table.selected.connect(chosen.append)
    table.show_backups(view, view.repositories[0], stories.backups()[-1].id, NOW)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(rows) == 12, "a head, ten backups, one hole"
    assert rows[1][0] == "17 Mar 00:20"
    assert rows[5][2] == "3 h 13 min not restorable: one WAL segment is missing"
    assert rows[6][6] == "a check failed"
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen[-1].id in {one.id for one in stories.backups()}
