"""After Patroni's own change the books are proven: again where it could not be, and a failure is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from console.domain.incident import IncidentLine
from console.engine.group_proof import AGAIN_SECONDS, GroupProof
from tests.alarmed import Stage, picture, stage


@dataclass(frozen=True)
class Line:
    """One line of a proof of books."""

    outcome: str
    check: str = "postings-balance"
    scope: str = ""


@dataclass
class Books:
    """Stands for planning and changes: what a proof says, whether a run of ours is under way."""

    outcome: str = "proven"
    proven: int = 0
    under_way: bool = False
    busy_beside: bool = False
    lines: list[IncidentLine] = field(default_factory=list)

    def books(self, _spec: object) -> Callable[[tuple[str, ...]], tuple[Line, ...]]:
        def prove(_names: tuple[str, ...]) -> tuple[Line, ...]:
            self.proven += 1
            return (Line(self.outcome),)

        return prove

    def busy(self, _cluster: str) -> bool:
        return self.under_way

    def beside(self, _cluster: str, what: Callable[[], None]) -> None:
        if not self.busy_beside:
            what()


def proof_of(scene: Stage, books: Books) -> GroupProof:
    ground = replace(scene.ground, planning=cast(Any, books), changes=cast(Any, books))
    return GroupProof(ground, beside=books.beside)


@pytest.mark.allows_warnings
def test_a_proof_that_could_not_be_begun_is_made_up_for(tmp_path: Path) -> None:
    with stage(tmp_path / "home") as scene:
        books = Books(busy_beside=True)
        proof, spec = proof_of(scene, books), scene.ground.inventory().clusters[0]
        proof.look(spec, picture(scene.now, primary="nyc-1"))
        proof.look(spec, picture(scene.now, primary="nyc-2"))
        assert books.proven == 0
        books.busy_beside = False
        for _ in range(3):
            proof.look(spec, picture(scene.now, primary="nyc-2"))
        assert books.proven == 1


def test_a_run_of_ours_ends_with_its_own_proof(tmp_path: Path) -> None:
    with stage(tmp_path / "home") as scene:
        books = Books(under_way=True)
        proof, spec = proof_of(scene, books), scene.ground.inventory().clusters[0]
        proof.look(spec, picture(scene.now, primary="nyc-1"))
        proof.look(spec, picture(scene.now, primary="nyc-2"))
        books.under_way = False
        proof.look(spec, picture(scene.now, primary="nyc-2"))
        assert books.proven == 0


@pytest.mark.allows_warnings
def test_books_that_fail_are_a_sign_until_a_later_proof_holds(tmp_path: Path) -> None:
    with stage(tmp_path / "home") as scene:
        books = Books(outcome="failed")
        proof, spec = proof_of(scene, books), scene.ground.inventory().clusters[0]
        proof.look(spec, picture(scene.now, primary="nyc-1"))
        proof.look(spec, picture(scene.now, primary="nyc-2"))
        (sign,) = proof.signs("us")
        assert (sign.word, sign.node, sign.detail) == ("books-failed", "nyc-2", "postings-balance")
        scene.seconds += AGAIN_SECONDS + 1
        books.outcome = "proven"
        proof.look(spec, picture(scene.now, primary="nyc-1"))
        assert books.proven == 2 and proof.signs("us") == ()
