"""The SSH configuration file, read as OpenSSH reads it, and the way to a host that follows from it."""

import getpass
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from console.domain.cluster import SshTarget
from console.domain.reading import SshState
from console.ssh.refused import SshRefused

PORT: Final = 22
SYSTEM_FILE: Final = Path("/etc/ssh/ssh_config")
HOPS_MAX: Final = 8
INCLUDE_DEPTH_MAX: Final = 16
FILE_BYTES_MAX: Final = 1024 * 1024

_LINE: Final = re.compile(r"\s*(\w+)(?:\s*=\s*|\s+)(.*)")
_HOP: Final = re.compile(r"(?:(?P<user>[^@]+)@)?(?:\[(?P<six>[^]]+)\]|(?P<host>[^:]+))(?::(?P<port>\d+))?")
# The way to jump before ProxyJump was there; still common.
_OLD_JUMP: Final = re.compile(
    r"(?:\S*/)?ssh\s+(?:-[aqTx46]+\s+)*-W\s+\[?%h\]?:%p\s+(?:-[aqTx46]+\s+)*(?P<host>[^\s-]\S*)"
)
_SEVERAL: Final = frozenset({"identityfile", "certificatefile"})
_USED: Final = _SEVERAL | {
    "hostname", "user", "port", "identitiesonly", "identityagent", "proxyjump", "proxycommand", "hostkeyalias",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One host on the way, with everything needed to log in to it. `name` is what it was asked for by."""

    name: str
    host: str
    port: int
    user: str
    key_name: str | None = None  # HostKeyAlias: the name in known_hosts, without a port
    identity_file: str | None = None  # named for this host by the inventory: it has to be there
    identity_files: tuple[str, ...] = ()  # named by the configuration file: used where they are there
    certificate_files: tuple[str, ...] = ()
    identities_only: bool = False
    agent: str | None = None  # IdentityAgent: a socket, 'none', or None for SSH_AUTH_SOCK

    def __str__(self) -> str:
        return f"{self.user}@{self.host}" + ("" if self.port == PORT else f":{self.port}")


@dataclass(slots=True)
class _Settings:
    one: dict[str, str] = field(default_factory=dict)
    several: dict[str, list[str]] = field(default_factory=dict)


def route(target: SshTarget, *, home: Path | None = None, login: str | None = None) -> tuple[Hop, ...]:
    """The hosts on the way to a target, jump hosts first, the target last. Raises SshRefused."""
    reader = _Reader(target, home or Path.home(), login or getpass.getuser())
    return reader.route()


class _Reader:
    """Resolves one target; jump hosts are looked up in the same files."""

    def __init__(self, target: SshTarget, home: Path, login: str) -> None:
        self._target = target
        self._home = home
        self._login = login
        if target.config_file is not None:
            self._files = [self._absolute(target.config_file)]
            if not self._files[0].is_file():
                raise SshRefused(
                    SshState.KEY_MISSING, target.host, detail=f"the SSH configuration {self._files[0]} is not there"
                )
        else:
            self._files = [home / ".ssh" / "config", SYSTEM_FILE]

    def route(self) -> tuple[Hop, ...]:
        target = self._target
        settings = self._lookup(target.host, target.user)
        last = self._hop(target.host, settings, user=target.user, port=target.port, identity_file=target.identity_file)
        named = target.proxy_jump if target.proxy_jump is not None else self._jump(target.host, settings, last)
        # A jump host that the inventory names beside a key is most often opened by that same key.
        key = target.identity_file if target.proxy_jump is not None else None
        return (*self._way(named, key=key, behind=(last,)), last)

    def _way(self, jumps: str | None, *, key: str | None, behind: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """The hops of a ProxyJump value. Only the first one's own ProxyJump counts, as in OpenSSH."""
        if jumps is None or jumps.strip().lower() in ("", "none"):
            return ()
        hops: list[Hop] = []
        for place, text in enumerate(jumps.split(",")):
            match = _HOP.fullmatch(text.strip().removeprefix("ssh://").rstrip("/"))
            if match is None:
                raise self._unclear(f"ProxyJump {text.strip()!r} is not [user@]host[:port]")
            host = match["six"] or match["host"]
            settings = self._lookup(host, match["user"])
            port = int(match["port"]) if match["port"] else None
            hop = self._hop(host, settings, user=match["user"], port=port, identity_file=None)
            if key is not None and not hop.identity_files:
                hop = self._hop(host, settings, user=match["user"], port=port, identity_file=key)
            if (hop.host, hop.port) == (behind[0].host, behind[0].port) and place == 0:
                return ()  # 'Host *' with a ProxyJump holds for the jump host too, which is not reached through itself
            if any((hop.host, hop.port) == (other.host, other.port) for other in (*behind, *hops)):
                raise self._unclear(f"ProxyJump goes in a circle at {host}")
            if len(behind) + len(hops) >= HOPS_MAX:
                raise self._unclear(f"ProxyJump goes over more than {HOPS_MAX} hosts")
            if place == 0:
                hops.extend(self._way(self._jump(host, settings, hop), key=key, behind=(hop, *behind)))
            hops.append(hop)
        return tuple(hops)

    def _jump(self, name: str, settings: _Settings, hop: Hop) -> str | None:
        jump = settings.one.get("proxyjump")
        if jump is not None:
            return self._expanded(jump, name, hop.host, hop.port, hop.user)
        command = settings.one.get("proxycommand")
        if command is None or command.lower() == "none":
            return None
        old = _OLD_JUMP.fullmatch(command.strip())
        if old is None:
            raise self._unclear("ProxyCommand is not supported; ProxyJump is", hint="name the jump host by ProxyJump")
        return old["host"]

    def _hop(
        self, name: str, settings: _Settings, *, user: str | None, port: int | None, identity_file: str | None
    ) -> Hop:
        one = settings.one
        host = one.get("hostname", name).replace("%%", "\0").replace("%h", name).replace("\0", "%")
        if port is None:
            text = one.get("port", str(PORT))
            port = int(text) if text.isdecimal() else 0
        if not 1 <= port <= 65535:
            raise self._unclear(f"port {one.get('port', port)} of {name} is not a port")
        user = user or one.get("user") or self._login
        agent = one.get("identityagent")
        if agent is not None and agent.lower() != "none":
            agent = None if agent == "SSH_AUTH_SOCK" else self._expanded(agent, name, host, port, user)
        files = {
            keyword: tuple(
                str(self._absolute(self._expanded(value, name, host, port, user)))
                for value in settings.several.get(keyword, [])
                if value.lower() != "none"
            )
            for keyword in _SEVERAL
        }
        return Hop(
            name=name, host=host, port=port, user=user, key_name=one.get("hostkeyalias"),
            identity_file=None if identity_file is None else str(self._absolute(identity_file)),
            identity_files=files["identityfile"], certificate_files=files["certificatefile"],
            identities_only=one.get("identitiesonly", "no").lower() == "yes", agent=agent,
        )  # fmt: skip

    def _lookup(self, host: str, user: str | None) -> _Settings:
        """The first value of each keyword wins; key and certificate files gather."""
        settings = _Settings()
        for file in self._files:
            self._read(file, host, user, settings, active=True, depth=0)
        return settings

    def _read(self, file: Path, host: str, user: str | None, settings: _Settings, *, active: bool, depth: int) -> None:
        outer = active
        for number, keyword, value in self._lines(file):
            words = self._words(value, file, number)
            if keyword == "host":
                active = outer and _names(words, host)
            elif keyword == "match":
                active = outer and self._matches(words, host, user, settings)
            elif keyword == "include" and active and depth < INCLUDE_DEPTH_MAX:
                for included in self._included(words, file):
                    self._read(included, host, user, settings, active=True, depth=depth + 1)
            elif keyword in _USED and active and words:
                # A command is one value with all its words; everything else has one word.
                text = value.strip() if keyword == "proxycommand" else words[0]
                if keyword in _SEVERAL:
                    settings.several.setdefault(keyword, []).append(text)
                else:
                    # Of ProxyJump and ProxyCommand the first one wins, whichever it is.
                    other = {"proxyjump": "proxycommand", "proxycommand": "proxyjump"}.get(keyword)
                    if other is None or other not in settings.one:
                        settings.one.setdefault(keyword, text)

    def _lines(self, file: Path) -> Iterator[tuple[int, str, str]]:
        try:
            with file.open("rb") as opened:
                text = opened.read(FILE_BYTES_MAX).decode("utf-8", "replace")
        except FileNotFoundError:
            return
        except OSError as error:
            if file in self._files and self._target.config_file is None:
                return  # nobody named it
            raise self._unclear(f"the SSH configuration {file} can't be read: {error.strerror}") from error
        for number, line in enumerate(text.splitlines(), 1):
            match = _LINE.fullmatch(line)
            if match is not None and not line.lstrip().startswith("#"):
                yield number, match[1].lower(), match[2]

    def _words(self, value: str, file: Path, number: int) -> list[str]:
        try:
            return shlex.split(value, comments=True)
        except ValueError as error:
            raise self._unclear(f"{file}, line {number}: {error}") from error

    def _included(self, patterns: list[str], file: Path) -> Iterator[Path]:
        base = file.parent if file == SYSTEM_FILE or SYSTEM_FILE.parent in file.parents else self._home / ".ssh"
        for pattern in patterns:
            path = Path(pattern.replace("~", str(self._home), 1) if pattern.startswith("~/") else pattern)
            path = path if path.is_absolute() else base / path
            yield from sorted(found for found in path.parent.glob(path.name) if found.is_file())

    def _matches(self, words: list[str], host: str, user: str | None, settings: _Settings) -> bool:
        """Criteria that need a command or a network never hold here: the console runs neither to read a name."""
        rest = list(words)
        while rest:
            word = rest.pop(0).lower()
            wanted = not word.startswith("!")
            word = word.removeprefix("!")
            if word in ("all", "final"):
                held = True
            elif word == "canonical":
                held = False
            else:
                name = self._matched_name(word, host, user, settings)
                patterns = rest.pop(0).split(",") if rest else []
                if name is None:
                    return False
                held = _names(patterns, name)
            if held != wanted:
                return False
        return True

    def _matched_name(self, criterion: str, host: str, user: str | None, settings: _Settings) -> str | None:
        match criterion:
            case "host":
                return settings.one.get("hostname", host)
            case "originalhost":
                return host
            case "user":
                return user or settings.one.get("user", self._login)
            case "localuser":
                return self._login
            case _:
                return None

    def _expanded(self, text: str, name: str, host: str, port: int, user: str) -> str:
        tokens = {
            "%": "%", "d": str(self._home), "h": host, "n": name, "p": str(port), "r": user, "u": self._login,
        }  # fmt: skip
        text = re.sub(r"%(.)", lambda found: tokens.get(found[1], found[0]), text)
        return re.sub(r"\$\{(\w+)\}", lambda found: os.environ.get(found[1], ""), text)

    def _absolute(self, path: str) -> Path:
        if path == "~" or path.startswith("~/"):
            return self._home / path[2:]
        return Path(path).expanduser().absolute()

    def _unclear(self, detail: str, *, hint: str = "correct the SSH configuration") -> SshRefused:
        return SshRefused(SshState.UNRESOLVED, self._target.host, detail=detail, hint=hint)


def _names(patterns: list[str], name: str) -> bool:
    """Whether a list of OpenSSH patterns names `name`; one that is negated and matches decides."""
    held = False
    for pattern in patterns:
        shape = re.escape(pattern.removeprefix("!").lower()).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(shape, name.lower()):
            if pattern.startswith("!"):
                return False
            held = True
    return held
