"""The operator's hooks as steps of a plan: their scripts, with names, a limit, and a proof of their own."""

import math
import re
import shlex
from typing import Final

from console.domain.cluster import ChangePolicy, FenceCommand, Hook
from console.domain.plan import Act, Claim, Phase, Proof, Step, Verb

BEFORE_FENCING: Final = "before-fencing"
AFTER_PROMOTION: Final = "after-promotion"
MOMENTS: Final = (BEFORE_FENCING, AFTER_PROMOTION)
PROOF_SECONDS_MAX: Final = 10.0
KILL_SECONDS: Final = 3  # from TERM to KILL, when a hook has gone over its limit
MARGIN_SECONDS: Final = 5.0  # what a step has above its hook's own limit, for the way there and the ending
OUTPUT_BYTES_MAX: Final = 8192

_PHASES: Final = {BEFORE_FENCING: Phase.PREPARE, AFTER_PROMOTION: Phase.PROMOTE}
_NODE: Final = re.compile(r"[A-Za-z0-9._-]{1,63}")
HUNG: Final = 195  # the exit status of a script whose hook was ended at its limit


def hook_steps(policy: ChangePolicy, moment: str, *, old: str, new: str) -> tuple[Step, ...]:
    """The steps of the hooks of one moment, in the operator's order. Raises ValueError for a moment that is none.

    A step has the hook's script and, as argument `script` of its proof, the proof's. `once`: never a second time by
    itself. Hooks have no undo: what takes one back is the operator's to say.
    """
    phase = _PHASES.get(moment)
    if phase is None:
        raise ValueError(f"not a moment of a hook: {moment[:40]!r}")
    return tuple(_step(hook, phase, old=old, new=new) for hook in policy.hooks if hook.moment == moment)


def _step(hook: Hook, phase: Phase, *, old: str, new: str) -> Step:
    about = (("hook", hook.name), ("node", hook.node), ("old", old), ("new", new))
    return Step(
        key=f"hook:{hook.name}",
        phase=phase,
        about=about,
        acts=(
            Act(
                verb=Verb.HOOK,
                node=hook.node,
                args=(*about, ("seconds_max", f"{hook.seconds_max:g}")),
                script=hook_script(hook, old, new),
            ),
        ),
        proofs=(
            Proof(
                claim=Claim.HOOK_DONE,
                node=hook.node,
                args=(("hook", hook.name), ("script", proof_script(hook, old, new))),
            ),
        ),
        limit_seconds=hook.seconds_max + KILL_SECONDS + PROOF_SECONDS_MAX + MARGIN_SECONDS,
        once=not hook.may_repeat,
        required=hook.required,
        expected_seconds=None,
    )


def hook_script(hook: Hook, old: str, new: str) -> str:
    """Runs the hook's command under its limit. Exit status: the command's own, or HUNG with a line that names it.

    What it says comes behind 'hook: ', so that none of it can be taken for a word of ours.
    """
    return _script(f"hook {hook.name}", hook.command, hook.seconds_max, old, new)


def proof_script(hook: Hook, old: str, new: str) -> str:
    """Runs the hook's own proof. Exit status 0 proves it."""
    return _script(f"proof of hook {hook.name}", hook.proof, min(hook.seconds_max, PROOF_SECONDS_MAX), old, new)


def fence_script(fence: FenceCommand, old: str, new: str) -> str:
    """Runs the operator's own fencing command, with both names and under its limit, as a hook is run."""
    return _script("the fencing command", fence.command, fence.seconds_max, old, new)


def fence_state_script(fence: FenceCommand, old: str, new: str) -> str:
    """Reads the fence back. Exit status 0 only where the command's own is 0 and its first word is 'off'."""
    command = f'said=$(\n{fence.state_command}\n) || exit\nset -f\nset -- $said\necho "$1"\n[ "$1" = off ]'
    return _script("the fencing state command", command, min(fence.seconds_max, PROOF_SECONDS_MAX), old, new)


# Output goes to a file that only we can read, not to our own: a service that a hook starts in the background keeps
# its output open, and whoever waits for the end of that would wait for the service.
_RUN: Final = f"""\
said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT
read -r began rest </proc/uptime
if timeout -k 1 1 true >/dev/null 2>&1; then
    timeout -k {KILL_SECONDS} "$limit" sh -c "$command" </dev/null >"$said" 2>&1
    status=$?
else
    own=; command -v setsid >/dev/null 2>&1 && own=setsid
    $own sh -c "$command" </dev/null >"$said" 2>&1 &
    child=$!
    end() {{ {{ [ -n "$own" ] && kill -s "$1" -- "-$child"; }} 2>/dev/null || kill -s "$1" "$child" 2>/dev/null; }}
    (
        left=$limit
        while [ "$left" -gt 0 ]; do
            sleep 1
            left=$((left - 1))
            kill -0 "$child" 2>/dev/null || exit 0
        done
        end TERM
        left={KILL_SECONDS}
        while [ "$left" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 1; left=$((left - 1)); done
        end KILL
    ) </dev/null >/dev/null 2>&1 &
    watch=$!
    wait "$child"
    status=$?
    kill "$watch" 2>/dev/null
fi
head -c {OUTPUT_BYTES_MAX} "$said" | sed 's/^/hook: /'
read -r ended rest </proc/uptime
if [ "$status" -ge 124 ] && [ "$((${{ended%.*}} - ${{began%.*}}))" -ge "$limit" ]; then
    echo "$what went over its limit of $limit s and was ended" >&2
    exit {HUNG}
fi
exit "$status"
"""


def _script(what: str, command: str, seconds_max: float, old: str, new: str) -> str:
    for node in (old, new):
        # The one that is gone may have no name: a hook must cope with an empty word, but not with a line of shell.
        if node and not _NODE.fullmatch(node):
            raise ValueError(f"not a node's name: {node[:40]!r}")
    head = (
        f"what={_literal(what)} limit={max(1, math.ceil(seconds_max))}\n"
        f"LEDGER_OLD={_literal(old)} LEDGER_NEW={_literal(new)}\n"
        "export LEDGER_OLD LEDGER_NEW\n"
        f"command={_literal(command)}\n"
    )
    # Braces behind a dollar are the runner's, who puts in what the run found out.
    return head + re.sub(r"\$\{(\w+)%\.\*\}", r'$(echo "$\1" | cut -d. -f1)', _RUN)


def _literal(text: str) -> str:
    """A word of shell that stands for exactly this text, without '${' in it: the runner would take that for a fact."""
    return shlex.quote(text).replace("${", "$''{")
