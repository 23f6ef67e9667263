"""The one exception of this package: what was tried on which host, how it ended, and a hint."""

from console.domain.reading import SshState


class SshRefused(Exception):
    """The host's SSH could not be used. `fingerprint` is the key that a person may accept, where one is offered.

    It never carries a secret: its text goes into logs and onto screens.
    """

    def __init__(
        self, state: SshState, host: str, *, detail: str, hint: str = "", fingerprint: str | None = None
    ) -> None:
        super().__init__(f"{host}: {detail}" + (f" ({hint})" if hint else ""))
        self.state = state
        self.host = host
        self.detail = detail
        self.hint = hint
        self.fingerprint = fingerprint

    def again(self) -> "SshRefused":
        """The same refusal for another caller: an exception may be raised in one thread only."""
        return SshRefused(self.state, self.host, detail=self.detail, hint=self.hint, fingerprint=self.fingerprint)
