"""The words for what changes left: every kind, reason and hindrance has its own, and nothing of a node is believed."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import console.domain.left as domain
from console.domain.left import LeftKind, LeftOver, LeftPicture
from console.link.left import LeftFailed, LeftoversRemoved
from console.ui import left_words
from console.ui.left_words import kind_name, left_sentences, removed_sentences, stays_sentence, thing_line, why_sentence


def thing(**known: object) -> LeftOver:
    return LeftOver(**{"node": "a", "kind": LeftKind.LOCK, "where": "/p", **known})  # type: ignore[arg-type]


def words_of_the_judge() -> set[str]:
    """Every kebab-case word that the judgement may give."""
    tree = ast.parse(Path(domain.__file__).read_text())
    texts = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    kinds = {kind.value for kind in LeftKind}
    return {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)} - kinds


def test_every_kind_and_every_word_of_the_judge_is_said() -> None:
    assert all(kind_name(kind) for kind in LeftKind)
    known = set(left_words._WHYS) | set(left_words._STAYS)
    missing = words_of_the_judge() - known
    assert not missing, missing
    assert len(words_of_the_judge()) > 30


def test_a_line_says_what_where_how_large_how_old_why_and_whether_it_may_go() -> None:
    rescued = thing(kind=LeftKind.RESCUED, where="/d.rescue", bytes=16 * 2**20, age_seconds=7200.0, why="evidence")
    line = thing_line(rescued)
    assert "/d.rescue" in line and "16" in line and "2 h" in line and line.endswith("may be removed"), line
    stays = thing_line(thing(kind=LeftKind.FENCE, why="fenced-by-us", stays="fence"))
    assert "stays: a was left behind" in stays, stays


def test_what_a_node_says_is_harmless() -> None:
    evil = "\x1b[2J</script>\u202e"
    one = thing(node=evil, where=evil, why=evil, stays=evil)
    for line in (thing_line(one), why_sentence(one), stays_sentence(one)):
        assert "\x1b" not in line and "\u202e" not in line


def test_the_sentences_count() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    picture = LeftPicture(cluster="books", at=at, things=(thing(), thing(stays="fence")), not_asked=(("c", "refused"),))
    first, second = left_sentences(picture)
    assert first == "2 things of ours lie on the nodes of books; 1 of them may be removed."
    assert second == "c was not asked: refused"
    assert "Nothing of ours" in left_sentences(LeftPicture(cluster="books", at=at, things=()))[0]
    failed = LeftFailed(thing=thing(where="/p"), said="read-only file system")
    done = removed_sentences(LeftoversRemoved(removed=(thing(),), failed=(failed,), picture=picture))
    assert done[0] == "1 thing was removed from the nodes of books. There still: 2."
    assert "read-only file system" in done[1]
