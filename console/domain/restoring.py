"""What a restore of a node or of the whole cluster is planned from: the moment, the chain, the order, the places."""

from dataclasses import dataclass, field

from console.domain.backup import Backup, WalHeld
from console.domain.restore import Chosen, Goal, Target, Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSeen:
    """The place of a data directory on one node, as it was asked now. `layout`: what keeps new data from being laid
    beside it: 'link', 'mount-point', 'old-there', 'copy-there', 'parent-not-writable', 'no-parent', 'restore-there',
    'tablespaces'. `repository`: '' where the repository can be read there, else a kebab-case word for why not.
    """

    node: str
    room: str  # 'absent', 'empty', 'data', 'files', 'unreadable'
    layout: tuple[str, ...]
    free_bytes: int | None
    version: int | None  # of the node's programs, as server_version_num has it, without the minor
    programs_missing: tuple[str, ...]
    answers: bool
    own_configuration: bool
    repository: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """A restore as it was asked for, and what was found. `trouble`: a kebab-case word of the engine's, where its order
    could not be made; `script` lays the chain out into the directory that the plan names.
    """

    goal: Goal
    target: Target
    words: str  # the target as a person said it
    node: str  # the new primary, or the new standby
    repository: str
    repository_node: str
    chosen: Chosen | None
    unfit: Unfit | None = None
    chain: tuple[Backup, ...] = ()
    held: WalHeld = field(default_factory=WalHeld)
    script: str = ""
    cancel: str = ""
    trouble: str = ""
    detail: str = ""
    places: tuple[PlaceSeen, ...] = ()

    def place(self, node: str) -> PlaceSeen | None:
        return next((one for one in self.places if one.node == node), None)
