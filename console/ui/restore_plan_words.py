"""Words for the plan of a restore: its steps, its own proofs, its checks and how to mend them; knows no Qt."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from console.domain.text import shown
from console.ui.measures import number
from console.ui.speech import translate

_Text = Callable[[], str]
TARGET_CHARACTERS_MAX: Final = 80


def target_text(words: str) -> str:
    """The moment that a plan names, as people say it: '2026-03-16 18:00:00 UTC', 'just before entry 87,581,331'."""
    kind, _, value = words.partition(" ")
    if kind == "latest" and not value:
        return translate("plan", "the latest moment")
    try:
        if kind == "time":
            at = datetime.fromisoformat(value)
            return translate("plan", "{time} UTC").format(time=f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}")
        if kind in ("before-entry", "after-entry"):
            before, after = translate("plan", "just before entry {n}"), translate("plan", "just after entry {n}")
            return (before if kind == "before-entry" else after).format(n=number(int(value)))
    except ValueError:
        return shown(words, characters_max=TARGET_CHARACTERS_MAX)
    said = shown(value, characters_max=TARGET_CHARACTERS_MAX)
    if kind == "lsn":
        return translate("plan", "position {lsn}").format(lsn=said)
    if kind == "point":
        return translate("plan", "the restore point '{name}'").format(name=said)
    return shown(words, characters_max=TARGET_CHARACTERS_MAX)



RESTORE_STEPS: Final[dict[str, _Text]] = {
    "lay-out": lambda: translate("plan", "Lay the backup out on {node}, beside its data"),
    "recover-to": lambda: translate("plan", "Recover the copy on {node} to its target, closed and read-only"),
    "books-beside": lambda: translate("plan", "Prove the books of the restored copy"),
    "accept": lambda: translate("plan", "Wait for a person to accept what was restored, or to roll back"),
    "install": lambda: translate("plan", "Give the restored copy the settings of {node}"),
    "own-settings": lambda: translate("plan", "Take the settings of the restore back on {node}"),
    "keep-old": lambda: translate("plan", "Keep the old data of {node} under another name"),
}
RESTORE_STEPS_WITH: Final[dict[str, tuple[tuple[str, _Text], ...]]] = {
    "lay-out": (
        ("backup", lambda: translate("plan", "Lay backup {backup} of {repository} out on {node}, beside its data")),
    ),
    "recover-to": (
        ("target", lambda: translate("plan", "Recover the copy on {node} to {target}, closed and read-only")),
    ),
}
# What is asked of the node itself by a script, by the word that the proof bears.
RESTORE_PROOFS: Final[tuple[tuple[str, _Text], ...]] = (
    ("laid-out", lambda: translate("plan", "has the whole backup beside its data")),
    ("at-target", lambda: translate("plan", "has the copy stand read-only at its target")),
    ("stands-there", lambda: translate("plan", "stands where the copy stood")),
    ("own-settings", lambda: translate("plan", "has its own settings again")),
)
RESTORE_CHECKS: Final[dict[str, _Text]] = {
    "repository": lambda: translate("check", "Repository"),
    "restore-target": lambda: translate("check", "Moment to go back to"),
    "restore-order": lambda: translate("check", "Backup can be laid out"),
    "chain": lambda: translate("check", "Chain of backups"),
    "foreign-data": lambda: translate("check", "Whose data lies there"),
    "stoppable": lambda: translate("check", "Can be stopped"),
}
RESTORE_MENDS: Final[dict[str, _Text]] = {
    "name-repository": lambda: translate("check", "Name a repository in the cluster's policy of backups first."),
    "other-target": lambda: translate("check", "Choose another moment, or a repository that holds this one."),
    "mend-repository": lambda: translate("check", "Mend the repository first: the Backups page says what is wrong."),
    "show-repository": lambda: translate(
        "check", "The repository can't be read on {node}: mount its directory there under the same path, readable for "
        "the account that PostgreSQL runs as."
    ),
    "bring-histories": lambda: translate(
        "check", "Bring these history files into the repository first: the new timeline would take a number that is "
        "in use."
    ),
    "restore-node-first": lambda: translate(
        "check", "{node} has no data and no settings of its own: choose a node that has, or make it a node first."
    ),
    "node-is-latest": lambda: translate(
        "check", "A node that joins as a standby follows to the latest: choose that, or restore into a sandbox."
    ),
}  # fmt: skip
