"""The command line: every operation without a window, with `--json` and exit codes that mean the same everywhere."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import console
from console.cli.access_options import add_access
from console.cli.alert_options import add_alerts
from console.cli.answers import ANSWERS, ErrorAnswer
from console.cli.automation_options import add_automation
from console.cli.backup_options import add_backups
from console.cli.change_options import add_changes
from console.cli.drill_options import add_drills
from console.cli.evidence_options import add_evidence
from console.cli.face import CommandFailed, Exit, Face
from console.cli.indicator_options import add_indicators
from console.cli.patroni_options import add_patroni
from console.cli.regular_options import add_regular
from console.link.messages import encode_json, schema_of
from console.places import Home
from console.ui.language import speak

Run = Callable[[Face, Namespace], Exit]


class _UsageError(Exception):
    """What argparse has to say, so that it can be said as JSON too."""

    def __init__(self, text: str, usage: str) -> None:
        super().__init__(text)
        self.usage = usage


class _Parser(ArgumentParser):
    """An argument parser that leaves the ending of the program to us."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(message, self.format_usage())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused or failed, 2 usage, 3 a person must decide."""
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    try:
        if as_json and {"-h", "--help", "--version"} & set(words):
            raise _UsageError("help and version have no JSON answer", "leave --json out")
        options = _parser().parse_args([word for word in words if word != "--json"])
        face = Face(home=Home.chosen(options.home), json=as_json, ask=options.ask)
        if not as_json:
            speak(face.home)  # what a program reads stays English
        run: Run = options.run
        return int(run(face, options))
    except _UsageError as wrong:
        return _print_error(ErrorAnswer(error="usage", what=str(wrong), next=wrong.usage.strip()), Exit.USAGE, as_json)
    except CommandFailed as failed:
        return _print_error(failed.error, failed.code, as_json)
    except BrokenPipeError:
        # Whoever read along has ended; the rest has no reader, and the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.REFUSED)
    except OSError as error:
        what = f"{error.strerror or error}"
        answer = ErrorAnswer(error="system", what=what, where=str(error.filename or ""), next="see the path above")
        return _print_error(answer, Exit.REFUSED, as_json)
    except KeyboardInterrupt:
        return _print_error(ErrorAnswer(error="interrupted", what="interrupted at the keyboard"), Exit.PERSON, as_json)


def _print_error(error: ErrorAnswer, code: Exit, as_json: bool) -> int:
    if as_json:
        sys.stdout.write(encode_json(error).decode() + "\n")
    else:
        where = f" ({error.where})" if error.where and error.where not in error.what else ""
        ending = "" if error.changed in error.what.lower() else f"; {error.changed}."
        sys.stderr.write(f"{error.what}{where}{ending}\n")
        if error.next:
            sys.stderr.write(f"{error.next}\n")
    return int(code)


def _schema(_: Face, __: Namespace) -> Exit:
    """The JSON Schema of every answer, by command."""
    sys.stdout.write(json.dumps({name: schema_of(kind) for name, kind in ANSWERS.items()}, indent=1) + "\n")
    return Exit.DONE


def _late(module: str, function: str) -> Run:
    """A command whose module is imported only when it runs: the first window and quick commands stay quick."""

    def run(face: Face, options: Namespace) -> Exit:
        import importlib

        chosen: Run = getattr(importlib.import_module(f"console.cli.{module}"), function)
        return chosen(face, options)

    return run


def _parser() -> _Parser:
    parser = _Parser(prog="ledger-console", description=console.__doc__)
    parser.add_argument("--version", action="version", version=f"ledger-console {console.__version__}")
    parser.add_argument("--home", metavar="DIR", help="all state; default: LEDGER_CONSOLE_HOME, or your own")
    parser.add_argument("--json", action="store_true", help="answer as JSON; see 'schema'")
    parser.add_argument("--ask", action="store_true", help="put questions of servers and keys to you at this terminal")
    parser.set_defaults(run=_late("desk", "window"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def add(
        where: Any, name: str, run: Run, help_text: str, *arguments: tuple[tuple[str, ...], dict[str, Any]]
    ) -> None:
        command = where.add_parser(name, help=help_text, description=help_text)
        command.set_defaults(run=run)
        for names, how in arguments:
            command.add_argument(*names, **how)

    def group(name: str, help_text: str) -> Any:
        found = commands.add_parser(name, help=help_text, description=help_text)
        return found.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)

    add(commands, "demo", _late("desk", "demo"), "the lab and the window, at once",
        (("--tour",), {"metavar": "DIR", "help": "led by itself; pictures and report into DIR"}))  # fmt: skip
    _add_watching(add, commands)
    _add_lab(add, group("lab", "a real cluster on this desk, to break and to mend"))
    _add_inventory(add, group("inventory", "what is watched"))
    keys = group("host-keys", "host keys that a person has to accept")
    add(keys, "list", _late("inventory", "host_keys"), "keys that wait")
    add(keys, "accept", _late("inventory", "accept_host_key"), "accept one, by its fingerprint",
        (("host",), {}), (("fingerprint",), {"help": "SHA256:…, compared by you with the host's own"}))  # fmt: skip
    _add_governance(add, commands, group)
    engine = group("engine", "the side that does the work")
    add(engine, "status", _late("engine", "status"), "does it run, and how is it")
    add(engine, "stop", _late("engine", "stop"), "stop it in good order")
    reason = (("--reason",), {"required": True, "metavar": "TEXT", "help": "for the record, and for every title"})
    add(engine, "freeze", _late("engine", "freeze"), "nothing changes any node until it is lifted", reason)
    add(engine, "lift", _late("engine", "lift"), "allow changes again",
        (("--reason",), {"default": "", "metavar": "TEXT", "help": "for the record"}))  # fmt: skip
    add(engine, "log", _late("engine", "log"), "its last lines",
        (("--lines",), {"type": int, "default": 50, "metavar": "N"}))  # fmt: skip
    add(commands, "watch", _late("engine", "watch"), "run the engine here, as a service",
        (("--child",), {"action": "store_true", "help": "started by a face"}),
        (("--unit",), {"action": "store_true", "help": "print a systemd unit for a host that does not sleep"}))
    add_automation(add, commands, _late)
    add_changes(add, commands, group, _late)
    add_patroni(add, commands, _late)
    add_backups(add, commands, group, _late)
    add_regular(add, commands, group, _late)
    add_indicators(add, commands, _late)
    add_evidence(add, commands, _late)
    add_drills(add, group, _late)
    add_alerts(add, group, _late)
    add_access(add, group, _late)
    add(commands, "self-test", _late("selftest", "self_test"), "what the installed program needs, checked")
    add(commands, "schema", _schema, "the JSON Schema of every answer")
    return parser


def _add_watching(add: Callable[..., None], commands: Any) -> None:
    add(commands, "status", _late("status", "status"), "what is so, why, and what is at stake",
        (("cluster",), {"nargs": "?"}),
        (("--wait",), {"metavar": "WORD", "help": "end when this holds: healthy, lost, frozen, …"}),
        (("--timeout",), {"type": float, "default": 30.0, "metavar": "S"}))  # fmt: skip
    add(commands, "readings", _late("status", "readings"), "a node's curves",
        (("cluster",), {}), (("node",), {}), (("--last",), {"default": "1h", "metavar": "TIME"}))  # fmt: skip
    add(commands, "peers", _late("peers", "peers"), "what a cluster takes from its peers",
        (("cluster",), {}),
        (("--books",), {"action": "store_true", "help": "and hold the books of both sides together"}))  # fmt: skip
    add(commands, "books", _late("books", "books"), "prove a ledger's books, on every node",
        (("cluster",), {}), (("--node",), {"metavar": "N", "help": "this one alone"}),
        (("--not-full",), {"action": "store_true", "help": "what is sealed already is not recomputed"}),
        (("--seal",), {"action": "store_true", "help": "seal what is new instead"}),
        (("--try",), {"metavar": "FILE", "dest": "try_file", "help": "try the mapping of a TOML file; saves nothing"}),
    )  # fmt: skip


def _add_lab(add: Callable[..., None], lab: Any) -> None:
    add(lab, "up", _late("lab", "up"), "start it, or adopt the one that runs",
        (("--nodes",), {"type": int, "default": 3, "metavar": "N"}),
        (("--sshd",), {"action": "store_true", "help": "OpenSSH's sshd instead of asyncssh"}),
        (("--manager",), {"choices": ("none", "patroni"), "default": "none", "help": "who leads: you, or Patroni"}),
        (("--topology",), {"choices": ("star", "cascade", "peers"), "default": "star",
                           "help": "who follows whom; peers: each is a primary, and takes the others' entries"}),
        (("--no-backups",), {"action": "store_true", "help": "without a backup policy: nothing receives its WAL"}),
    )  # fmt: skip
    add(lab, "down", _late("lab", "down"), "take it down whole")
    add(lab, "status", _late("lab", "status"), "its hosts and its workload's record")
    add(lab, "fault", _late("lab", "fault"), "break something on purpose",
        (("name",), {"help": "kill, kill-postmaster, freeze, thaw, stop, start, ssh-down, ssh-up, "
                             "replay-pause, replay-resume, disk-full, delete-postings, rate=N; under Patroni also "
                             "kill-patroni, kill-etcd, start-etcd"}),
        (("node",), {"nargs": "?"}))  # fmt: skip
    add(lab, "mend", _late("lab", "mend"), "undo the faults of one host, or of all", (("node",), {"nargs": "?"}))


def _add_governance(add: Callable[..., None], commands: Any, group: Callable[[str, str], Any]) -> None:
    audit = group("audit", "who decided what")
    add(audit, "list", _late("audit", "show"), "the newest entries",
        (("--cluster",), {"metavar": "C"}), (("--run",), {"metavar": "R", "dest": "run_id"}),
        (("--last",), {"metavar": "TIME", "help": "as 1d, 2h"}), (("--kind",), {"metavar": "K"}),
        (("--limit",), {"type": int, "default": 100, "metavar": "N"}))  # fmt: skip
    add(audit, "verify", _late("audit", "verify"), "is it as it was written, and what does that show",
        (("--file",), {"metavar": "FILE", "help": "a copy, by nothing but itself"}),
        (("--against",), {"metavar": "FILE", "help": "the anchor of a copy that was kept elsewhere"}))  # fmt: skip
    add(audit, "export", _late("audit", "export"), "write it to a new file", (("file",), {}))
    add(commands, "approve", _late("approve", "approve"), "approve a run's plan with your SSH key",
        (("run_id",), {"metavar": "RUN"}), (("--key",), {"metavar": "FILE"}),
        (("--as",), {"metavar": "PERSON", "dest": "person"}),
        (("--max-loss-entries",), {"type": int, "metavar": "N", "help": "refuse to sign any other maximum loss"}),
        (("--write-text",), {"metavar": "FILE", "help": "write what is to be signed, for another desk"}),
        (("--text",), {"metavar": "FILE"}), (("--signature",), {"metavar": "FILE", "help": "made at another desk"}),
        (("--break-glass",), {"metavar": "REASON", "help": "go on without a second person; it is recorded"}),
        (("--yes",), {"action": "store_true"}))  # fmt: skip
    approvers = group("approvers", "who may approve, and when it takes a second person")
    add(approvers, "list", _late("approve", "approvers"), "who may approve")
    add(approvers, "add", _late("approve", "add_approver"), "let a person approve with a public key",
        (("person",), {}), (("file",), {"metavar": "PUBKEYFILE"}), (("--valid-before",), {"metavar": "DATE"}))
    add(approvers, "remove", _late("approve", "remove_approver"), "take a person out", (("person",), {}))
    add(approvers, "rule", _late("approve", "set_rule"), "set when a cluster's plans need a second person",
        (("cluster",), {}), (("rule",), {"help": "never, production, always, loss-above:ENTRIES"}))  # fmt: skip


def _add_inventory(add: Callable[..., None], inventory: Any) -> None:
    add(inventory, "list", _late("inventory", "show"), "clusters and nodes")
    add(inventory, "discover", _late("inventory", "discover"), "find a cluster from one of its hosts",
        (("host",), {}), (("--user",), {}), (("--port",), {"type": int}), (("--key",), {"metavar": "FILE"}),
        (("--ssh-config",), {"metavar": "FILE"}), (("--become",), {"metavar": "ACCOUNT"}),
        (("--database",), {"default": "postgres"}), (("--postgres-user",), {"default": "postgres"}),
        (("--postgres-host",), {"default": ""}), (("--postgres-port",), {"type": int, "default": 5432}),
        (("--name",), {"help": "what to call the cluster"}),
        (("--environment",), {"choices": ("production", "staging", "lab"), "default": "production"}),
        (("--save",), {"action": "store_true", "help": "watch what was found"}))  # fmt: skip
    add(inventory, "import", _late("inventory", "import_file"), "put the clusters of a TOML file in",
        (("file",), {}), (("--replace",), {"action": "store_true"}))  # fmt: skip
    add(inventory, "export", _late("inventory", "export"), "the inventory as TOML", (("file",), {"nargs": "?"}))
    add(inventory, "remove", _late("inventory", "remove"), "take a cluster out", (("cluster",), {}))
    add(inventory, "confirm", _late("inventory", "confirm"), "say that a changed node is the right one",
        (("cluster",), {}), (("node",), {}))  # fmt: skip
