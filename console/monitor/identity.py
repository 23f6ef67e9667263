"""What was last known of a node's identity, and whether any of it has changed since."""


class Identity:
    """Machine, boot and system identifier of one node, beyond any reading. Its owner guards it."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def changed(self, before: str, **said: str | None) -> str:
        """Which part is another than was last known; it stays so until a person confirms. `before`: what was said."""
        for name, value in said.items():
            if value is None:
                continue
            known = self._known.setdefault(name, value)
            if known != value and not before:
                before = name.replace("_", "-")
        return before

    def confirm(self) -> None:
        """A person says that it is the right one: what comes next is what is known."""
        self._known.clear()
