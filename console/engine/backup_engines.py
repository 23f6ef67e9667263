"""The engines that make backups, by their names."""

from typing import Final

from console.backup.barman import make_barman
from console.backup.face import EngineMaker
from console.backup.native import make_native
from console.backup.pgbackrest import make_pgbackrest
from console.domain.backup_policy import EngineName

MAKERS: Final[dict[EngineName, EngineMaker]] = {
    EngineName.NATIVE: make_native,
    EngineName.BARMAN: make_barman,
    EngineName.PGBACKREST: make_pgbackrest,
}
