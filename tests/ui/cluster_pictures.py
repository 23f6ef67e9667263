"""Draws the cluster page in several stories, sizes and both themes into a directory, to be looked at."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.cluster import (
    ClusterSpec,
    Environment,
    Inventory,
    NodeKind,
    NodeSpec,
    PostgresTarget,
    SshTarget,
)
from console.domain.fleet import ClusterView
from console.link.messages import (
    AskDiscovery,
    AskHostKeys,
    Discovered,
    HostKeyOffer,
    HostKeys,
    Missed,
    Prompt,
    Prompts,
    Refused,
)
from console.ui import theme
from console.ui.add_cluster_dialog import AddClusterDialog
from console.ui.chart_panel import ChartPanel
from console.ui.cluster_page import ClusterPage
from console.ui.host_key_dialog import HostKeyDialog
from console.ui.prompt_dialog import PromptDialog
from tests.ui import stories
from tests.ui.drawing import PAGE_SIZES, grab, settle

STORIES: Final[dict[str, tuple[Callable[[], ClusterView], str | None]]] = {
    "story": (stories.story, "nyc-2"),
    "bare": (stories.story, None),
    "lab": (stories.lab, None),
    "split": (stories.two_primaries, None),
    "many": (stories.many, None),
}


def page_of(app: QApplication, view: ClusterView, node: str | None, size: QSize) -> ClusterPage:
    """A page that has been shown a picture, curves and a card."""
    page = ClusterPage()
    page.setAutoFillBackground(True)
    page.resize(size)
    page.show()
    page.show_cluster(view)
    if node is not None:
        page.choose_node(node)
        page.show_card(stories.card(view, node))
    settle(app)
    page.show_chart(stories.chart(view))
    assert isinstance(page.charts, ChartPanel)
    stack = page.charts.stack
    stack.show_chart(stories.chart(view), page.charts.order, limit=view.lag_seconds_max, at_once=True)
    settle(app)
    return page


def draw(app: QApplication, directory: Path, chosen: str | None) -> None:
    for name, (make, node) in STORIES.items():
        for size_name, size in PAGE_SIZES.items():
            for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
                title = f"{name}-{size_name}-{choice.value}"
                if chosen and chosen not in title:
                    continue
                theme.apply(app, choice, pixels=13)
                page = page_of(app, make(), node, size)
                if name == "story":
                    assert isinstance(page.charts, ChartPanel)
                    page.charts.stack.set_cursor(stories.NOW.timestamp() - 228)
                if name in ("lab", "split"):
                    page.head.more.setChecked(True)
                    page.show_cluster(make())
                settle(app)
                grab(page, directory / f"{title}.png")
                page.deleteLater()


FOUND: Final = Discovered(
    found=Inventory(clusters=(
        ClusterSpec(
            name="cluster-nyc-1", environment=Environment.PRODUCTION,
            nodes=tuple(
                NodeSpec(
                    name=name, kind=NodeKind.POSTGRES, ssh=SshTarget(host=f"{name}.ledger.example", user="dba"),
                    postgres=PostgresTarget(),
                )
                for name in ("nyc-1", "nyc-2", "chi-1")
            ),
        ),
    )),
    roles={"nyc-1": "primary", "nyc-2": "standby", "chi-1": "standby"},
    missed=(
        Missed(host="dal-1.ledger.example", reason="host-key-unknown", detail=""),
        Missed(host="10.20.0.9", reason="silent", detail="port 22, after 8 s"),
    ),
)  # fmt: skip
OFFERS: Final = HostKeys(offers=(
    HostKeyOffer(
        host="dal-1.ledger.example", port=22, kind="ssh-ed25519",
        fingerprint="SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDGBvf3vFJxTQ0kQ0w", stored_in="~/.ssh/known_hosts",
    ),
))  # fmt: skip
ASKED: Final = Prompts(prompts=(
    Prompt(number=1, subject="bastion.example, user m.keller", title="One-time code", text="Verification code: ",
           echo=False),
    Prompt(number=2, subject="~/.ssh/id_ed25519", title="Passphrase", text="Passphrase: ", echo=False),
))  # fmt: skip


def draw_dialogs(app: QApplication, directory: Path) -> None:
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        theme.apply(app, choice, pixels=13)
        add = AddClusterDialog(frozenset({"ledger-us"}))
        add.wants.connect(lambda _message: None)
        add.open()
        settle(app)
        add.form.host.setText("nyc-1.ledger.example")
        add.form.more.setChecked(True)
        settle(app)
        grab(add, directory / f"add-form-{choice.value}.png")
        add.form.more.setChecked(False)
        add.form.ask()
        settle(app)
        grab(add, directory / f"add-looking-{choice.value}.png")
        question = AskDiscovery(host="nyc-1.ledger.example")
        add.show_answer(question, FOUND)
        add.show_answer(AskHostKeys(), OFFERS)
        settle(app)
        grab(add, directory / f"add-found-{choice.value}.png")
        add.form.ask()
        add.show_answer(question, Refused(reason="authentication", subject="nyc-1.ledger.example", detail="publickey"))
        settle(app)
        grab(add, directory / f"add-refused-{choice.value}.png")
        prompt = PromptDialog()
        prompt.show_prompts(ASKED)
        prompt.open()
        keys = HostKeyDialog()
        keys.show_offers(OFFERS)
        keys.open()
        settle(app)
        grab(prompt, directory / f"prompt-{choice.value}.png")
        grab(keys, directory / f"keys-{choice.value}.png")
        for dialog in (add, prompt, keys):
            dialog.close()


def draw_large(app: QApplication, directory: Path) -> None:
    """Twice the font in a window of the same size: nothing may be cut."""
    theme.apply(app, theme.Choice.LIGHT, pixels=26)
    for node in (None, "nyc-2"):
        page = page_of(app, stories.story(), node, QSize(800, 704))
        settle(app)
        grab(page, directory / f"large-{node or 'bare'}.png")
        inner = page.findChild(QWidget, "page")
        assert inner is not None
        grab(inner, directory / f"large-whole-{node or 'bare'}.png")
        page.deleteLater()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--only", help="a part of a picture's name")
    given = parser.parse_args()
    given.directory.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    if given.only in (None, "dialogs"):
        draw_dialogs(app, given.directory)
    if given.only in (None, "large"):
        draw_large(app, given.directory)
    draw(app, given.directory, given.only)


if __name__ == "__main__":
    main()
