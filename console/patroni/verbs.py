"""Requests to Patroni: what each sends over REST, else by patronictl, as one script for a node's shell."""

import json
import re
import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.group_orders import PROVES, Order, Reply, Says, Told
from console.domain.plan import Act, Claim, Proof, Verb
from console.domain.text import shown
from console.patroni.place import PatroniAt, program_lines, request_lines

SWITCH_SECONDS_MAX: Final = 60  # Patroni looks itself for 20 s, or for two of its loops
RESTART_SECONDS_MAX: Final = 330  # primary_start_timeout is 300 s where nobody has changed it
SHORT_SECONDS_MAX: Final = 15
PATRONICTL_SECONDS: Final = 30  # what it takes longer than the request itself
_FACT: Final = re.compile(r"fact (patroni_[a-z]{1,20}) ?(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: of which node's Patroni, over REST and as the words of patronictl behind the cluster's name."""

    order: Order
    at: PatroniAt
    method: str
    path: str
    body: str
    command: str
    words: tuple[str, ...]
    seconds_max: int
    subject: str  # the node that it is about; empty: all

    @property
    def limit_seconds(self) -> float:
        """For the whole script, with its second way."""
        return self.seconds_max * 2.0 + PATRONICTL_SECONDS


def switchover(at: PatroniAt, *, leaves: PatroniAt, to: PatroniAt) -> Request:
    """Both alive: the holder hands over. In synchronous mode Patroni takes nobody who does not confirm."""
    return Request(
        order=Order.SWITCHOVER, at=at, method="POST", path="/switchover",
        body=json.dumps({"leader": leaves.member, "candidate": to.member}), command="switchover",
        words=("--leader", leaves.member, "--candidate", to.member, "--force"), seconds_max=SWITCH_SECONDS_MAX,
        subject=to.node,
    )  # fmt: skip


def failover(at: PatroniAt, *, to: PatroniAt) -> Request:
    """To a named member, whoever leads, confirming or not: what is lost by it has to be judged before."""
    return Request(
        order=Order.FAILOVER, at=at, method="POST", path="/failover", body=json.dumps({"candidate": to.member}),
        command="failover", words=("--candidate", to.member, "--force"), seconds_max=SWITCH_SECONDS_MAX,
        subject=to.node,
    )  # fmt: skip


def restart(at: PatroniAt) -> Request:
    """The server of this very member, in place."""
    return Request(
        order=Order.RESTART, at=at, method="POST", path="/restart", body="{}", command="restart",
        words=(at.member, "--force"), seconds_max=RESTART_SECONDS_MAX, subject=at.node,
    )  # fmt: skip


def reinitialise(at: PatroniAt) -> Request:
    """A new copy for this very member; its old data is thrown away by Patroni before the new one is there."""
    return Request(
        order=Order.REINITIALISE, at=at, method="POST", path="/reinitialize", body='{"force": true}', command="reinit",
        words=(at.member, "--force"), seconds_max=SHORT_SECONDS_MAX, subject=at.node,
    )  # fmt: skip


def pause(at: PatroniAt) -> Request:
    """No failover by itself any more; PostgreSQL goes on as it is, whatever becomes of Patroni."""
    return Request(
        order=Order.PAUSE, at=at, method="PATCH", path="/config", body='{"pause": true}', command="pause",
        words=("--wait",), seconds_max=SHORT_SECONDS_MAX, subject="",
    )  # fmt: skip


def resume(at: PatroniAt) -> Request:
    return Request(
        order=Order.RESUME, at=at, method="PATCH", path="/config", body='{"pause": null}', command="resume",
        words=("--wait",), seconds_max=SHORT_SECONDS_MAX, subject="",
    )  # fmt: skip


# Patroni's answer in one line of each kind, what it means, and the exit status: 1 where it was refused.
_END: Final = r"""
H=$(printf '%s\n' "$R" | sed -n '1s/^HTTP[^ ]* \([0-9][0-9]*\).*/\1/p')
B=$(printf '%s\n' "$R" | tr -d '\r' | sed '1,/^$/d' | tr '\n\t' '  ' | cut -c1-400)
O=unknown
case $H in
2??) O=accepted; case $B in '{'*) B= ;; esac ;;  # whole settings, which may hold secrets
503) case $B in *unknown*) ;; *) O=refused ;; esac ;;
4??|5??) O=refused ;;
'') case "$WITH $E" in 'curl 7'|'curl 6'|'curl 127'|'none '*) O=refused ;; esac ;;
esac
"""
_PATRONICTL: Final = r"""
case $H in 401|403)
    if [ -n "$T" ] && [ -n "$C" ]; then
        W=patronictl
        [ -n "$K" ] || K=$(sed -n 's/^scope:[ \t]*//p' "$C" | tr -d "\"'" | head -n 1)
        B=$(timeout LIMIT "$T" -c "$C" COMMAND "$K" WORDS </dev/null 2>&1); E=$?
        B=$(printf '%s\n' "$B" | grep -v '^[+|]' | tr '\r\n\t' '   ' | cut -c1-400)
        case "$E $B" in
        *'status unknown'*|124\ *) O=unknown ;;
        0\ *Success*) O=accepted ;;
        0\ *'Failed: '*|0\ *' failed, details'*) O=refused ;;
        0\ *) O=accepted ;;
        *Error:*) O=refused ;;
        *) O=unknown ;;
        esac
    fi ;;
esac
"""
_TELL: Final = r"""
printf 'fact patroni_%s\n' "way $W" "status ${H:-0}" "reply $O" "said $B"
[ "$O" != refused ] || { printf '%s\n' "${B:-the interface gives no answer}" >&2; exit 1; }
"""


def script(request: Request, *, only_patronictl: bool = False) -> str:
    """The whole request: REST first; patronictl where the interface wants a password that could not be found.

    It is sent once: what has no answer is not sent again by another way. It tells `fact patroni_reply` accepted,
    refused or unknown, `patroni_said`, `patroni_way`, `patroni_status`; exit status 1 where it was refused.
    """
    at = request.at
    second = (
        _PATRONICTL.replace("LIMIT", str(request.seconds_max + PATRONICTL_SECONDS))
        .replace("COMMAND", shlex.quote(request.command))
        .replace("WORDS", shlex.join(request.words))
    )
    ask = (
        "H=401; B=; O=refused; E=0"
        if only_patronictl
        else f"R=$(REQ {request.method} {request.path} {request.seconds_max} {shlex.quote(request.body)}); E=$?"
        + "\n" + _END.strip("\n")
    )  # fmt: skip
    lines = [
        "cd /; LC_ALL=C; export LC_ALL; umask 077",
        *request_lines(at.target),
        *program_lines(at.target),
        f"K={shlex.quote(at.scope)}; W=rest",
        ask,
        second.strip("\n"),
        _TELL.strip("\n"),
    ]
    return "\n".join(lines) + "\n"


def act(request: Request) -> Act:
    """The request as an act of a plan."""
    args = (("order", request.order.value), ("subject", request.subject), ("body", request.body))
    return Act(verb=Verb.PATRONI, node=request.at.node, args=args, script=script(request))


def proof(request: Request, *, after: str = "") -> Proof:
    """What proves it. `after`: the timeline before a switch, or the moment (ISO 8601) before a restart."""
    says: Says = PROVES[request.order]
    node = request.subject or request.at.node
    return Proof(
        claim=Claim.PATRONI_SAYS, node=node, args=(("that", says.value), *((("after", after),) if after else ()))
    )


def read_told(stdout: bytes) -> Told:
    """How Patroni answered, from what the script printed. What is not told is unknown, never refused."""
    told: dict[str, str] = {}
    for line in stdout.decode("utf-8", "replace").splitlines():
        match = _FACT.fullmatch(line)
        if match is not None:
            told.setdefault(match[1], match[2])
    word = told.get("patroni_reply", "")
    status = told.get("patroni_status", "0")
    return Told(
        reply=Reply(word) if word in {reply.value for reply in Reply} else Reply.UNKNOWN,
        way=told.get("patroni_way", ""), status=int(status) if re.fullmatch(r"[0-9]{1,3}", status, re.ASCII) else 0,
        text=shown(told.get("patroni_said", "")),
    )  # fmt: skip
