"""Where a node's Patroni is: its interface, its configuration, patronictl; and how a shell there asks it."""

import shlex
from dataclasses import dataclass
from typing import Final

from console.domain.cluster import ClusterSpec, NodeSpec, PatroniTarget

CONFIG_PLACES: Final = (
    "/etc/patroni/patroni.yml", "/etc/patroni/patroni.yaml", "/etc/patroni/config.yml", "/etc/patroni.yml",
    "/etc/patroni/*.yml", "/etc/patroni/*.yaml", "/opt/app/patroni/etc/postgresql.yml",
)  # fmt: skip
PROGRAM_PLACES: Final = ("/usr/local/bin/patronictl", "/opt/patroni/bin/patronictl", "/opt/app/patroni/bin/patronictl")
CONNECT_SECONDS_MAX: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PatroniAt:
    """One node's Patroni. `member` is its name in the group; `scope` is empty where it is not known yet."""

    node: str
    member: str
    target: PatroniTarget
    scope: str = ""


def places(spec: ClusterSpec) -> dict[str, PatroniAt]:
    """The Patroni of each node that runs PostgreSQL; what the inventory leaves out is as Patroni has it by default."""
    return {node.name: place(node) for node in spec.nodes if node.postgres is not None}


def place(node: NodeSpec) -> PatroniAt:
    target = node.patroni or PatroniTarget()
    return PatroniAt(node=node.name, member=target.member or node.name, target=target)


def config_lines(target: PatroniTarget) -> list[str]:
    """Lines of shell that set C to Patroni's configuration; to nothing where none can be read."""
    if target.config_file is not None:
        return [f"C={shlex.quote(target.config_file)}; [ -r \"$C\" ] || C="]
    return [f'C=; for f in {" ".join(CONFIG_PLACES)}; do [ -r "$f" ] && {{ C=$f; break; }}; done']


def program_lines(target: PatroniTarget) -> list[str]:
    """Lines of shell that set T to patronictl; to nothing where there is none."""
    if target.program is not None:
        return [f"T={shlex.quote(target.program)}; [ -x \"$T\" ] || T="]
    return [
        "T=$(command -v patronictl 2>/dev/null) || T=",
        f'[ -n "$T" ] || for f in {" ".join(PROGRAM_PLACES)}; do [ -x "$f" ] && {{ T=$f; break; }}; done',
    ]


# The name and password of the interface out of a configuration in plain block form. Whatever is written in another
# form is not understood here, and left to patronictl, which reads all of YAML. They never leave the host.
_CREDENTIALS: Final = r"""
AUTH() {
    [ -n "$C" ] && awk -v want="$1" '
        /^[^ \t#]/ { top = $1; sub(/:.*/, "", top); inner = 0 }
        top == "restapi" && /^[ \t]+authentication:[ \t]*$/ { match($0, /^[ \t]+/); inner = RLENGTH; next }
        inner && /^[ \t]+[^ \t#]/ {
            match($0, /^[ \t]+/)
            if (RLENGTH <= inner) { inner = 0; next }
            key = $1; sub(/:.*/, "", key)
            if (key == want) {
                sub(/^[ \t]*[a-z]+:[ \t]*/, ""); sub(/[ \t]+$/, "")
                if ($0 ~ /^".*"$/ || $0 ~ /^\047.*\047$/) $0 = substr($0, 2, length($0) - 2)
                print; exit
            }
        }' "$C"
}"""

# REQ METHOD PATH SECONDS [BODY]: the whole answer of HTTP on standard output. By curl, else by Python, else by bash.
_REQUEST: Final = r"""
WITH=none
command -v bash >/dev/null 2>&1 && [ "$S" = http ] && WITH=bash
command -v python3 >/dev/null 2>&1 && WITH=python3
command -v curl >/dev/null 2>&1 && WITH=curl
REQ() {
    U=; P=
    if [ "$1" != GET ]; then U=$(AUTH username); P=$(AUTH password); fi
    case $WITH in
    curl)
        { [ -z "$U" ] || printf 'user = "%s:%s"\n' "$(QUOTE "$U")" "$(QUOTE "$P")"
          [ -z "$4" ] || printf 'data-raw = "%s"\n' "$(QUOTE "$4")"
        } | curl -sik --noproxy '*' --max-time "$3" --connect-timeout CONNECT -X "$1" -K - "$S://$A:$N$2" ;;
    python3)
        printf '%s\n' "$S" "$A" "$N" "$1" "$2" "$3" "$U" "$P" "$4" | python3 -c "$PY" ;;
    bash)
        LENGTH=$(printf %s "$4" | wc -c)
        WORD=$(printf %s "$U:$P" | base64 | tr -d '\n')
        printf '%s %s HTTP/1.0\r\nHost: %s\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s' \
            "$1" "$2" "$A" "$WORD" "$LENGTH" "$4" |
        timeout "$3" bash -c 'exec 3<>"/dev/tcp/$0/$1" && cat >&3 && cat <&3' "$A" "$N" ;;
    *) return 127 ;;
    esac
}
QUOTE() { printf %s "$1" | sed 's/["\\]/\\&/g'; }
PY='
import base64, socket, ssl, sys
kind, host, port, method, path, seconds, user, word, body = sys.stdin.read().split("\n")[:9]
line = socket.create_connection((host, int(port)), timeout=float(seconds))
if kind == "https":
    loose = ssl.create_default_context(); loose.check_hostname = False; loose.verify_mode = ssl.CERT_NONE
    line = loose.wrap_socket(line)
auth = "Authorization: Basic " + base64.b64encode((user + ":" + word).encode()).decode() + "\r\n" if user else ""
text = body.encode()
head = "%s %s HTTP/1.0\r\nHost: %s\r\n%sContent-Length: %d\r\n\r\n" % (method, path, host, auth, len(text))
line.sendall(head.encode() + text)
while True:
    part = line.recv(65536)
    if not part: break
    sys.stdout.buffer.write(part)
'"""


def request_lines(target: PatroniTarget) -> list[str]:
    """Lines of shell that give REQ, a request to the interface. They set C, and read nothing from standard input.

    The certificate of an interface with TLS is not checked: asked is an address of the very host we are on.
    """
    return [
        *config_lines(target),
        f"S={'https' if target.tls else 'http'}; A={shlex.quote(target.host)}; N={target.port}",
        _CREDENTIALS.strip("\n"),
        _REQUEST.strip("\n").replace("CONNECT", str(CONNECT_SECONDS_MAX)),
    ]
