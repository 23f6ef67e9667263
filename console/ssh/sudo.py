"""What sudo said when it would not act as another account, and the sudoers line that mends it."""

import re
from typing import Final

from console.ssh.command import Command, Outcome

REFUSAL_CHARACTERS_MAX: Final = 300

# sudo speaks English here: `Command.line` sets LC_ALL=C for it.
_REFUSALS: Final = (
    "a password is required",
    "a terminal is required",
    "you must have a tty",
    "not allowed to execute",
    "may not run sudo",
    "not in the sudoers file",
    "unknown user",
    "command not found",
    "sudo: not found",
    "No such file or directory",
    "effective uid is not 0",
    "sudo must be owned by uid 0",
    "no new privileges",
)
# sudo itself, or the shell or `env` that did not find it.
_SPEAKS: Final = re.compile(r"^sudo: |^Sorry, user |in the sudoers file|\bsudo: (command )?not found|^env: .sudo.: ")
_SUDOERS_SPECIAL: Final = re.compile(r"([,:=*?\[\]!#^ \t])")


def sudo_refusal(said: Outcome | bytes) -> str | None:
    """The line in which sudo (or the shell, where there is no sudo) refused; None where none did."""
    stderr = said.stderr if isinstance(said, Outcome) else said
    for line in stderr.decode("utf-8", "replace").splitlines():
        text = "".join(character for character in line if character.isprintable()).strip()
        # 'Sorry, user app is not allowed to execute ... as postgres on db1.' does not name sudo.
        speaks = _SPEAKS.search(text) is not None
        if speaks and any(refusal in text for refusal in _REFUSALS):
            return text[:REFUSAL_CHARACTERS_MAX]
    return None


def sudoers_line(login: str, command: Command) -> str:
    """The line for /etc/sudoers.d that lets `login` run exactly this command as its `become` account.

    sudoers wants whole paths; where the command has none, it is looked for in /usr/bin, where packages put it.
    """
    if command.become is None:
        raise ValueError("a command without an acting account needs no sudoers line")
    program, *arguments = command.argv
    path = program if program.startswith("/") else f"/usr/bin/{program}"
    # '""' is sudoers' way to say 'without any argument'; without it every argument would be allowed.
    told = " ".join(_escaped(argument) for argument in arguments) if arguments else '""'
    return f"{_escaped(login)} ALL=({_escaped(command.become)}) NOPASSWD: {_escaped(path)} {told}"


def _escaped(word: str) -> str:
    if "\n" in word or "\0" in word:
        raise ValueError("a sudoers line can't hold an argument of several lines")
    # A backslash is read twice: by the file's grammar, and by the pattern that an argument is.
    return _SUDOERS_SPECIAL.sub(r"\\\1", word.replace("\\", "\\" * 4))
