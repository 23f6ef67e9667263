"""How the old primary can be fenced, and what each way means for the way back; knows no Qt."""

from collections.abc import Callable
from typing import Final

from console.domain.plan import Pairs, Plan, Verb
from console.domain.text import shown
from console.ui.speech import translate

METHODS: Final = ("ssh", "command", "quorum", "attest")
_Text = Callable[[], str]
_NAMES: Final[dict[str, _Text]] = {
    "ssh": lambda: translate("wizard", "Over SSH"),
    "command": lambda: translate("wizard", "Own command"),
    "quorum": lambda: translate("wizard", "Quorum"),
    "attest": lambda: translate("wizard", "A person's word"),
}
_MEANINGS: Final[dict[str, _Text]] = {
    "ssh": lambda: translate(
        "wizard", "Every process of {node} is ended, and it can only start read-only. Before the promotion, Cancel "
                  "starts it again."
    ),
    "command": lambda: translate(
        "wizard", "The cluster's own command switches {node} off, a second one reads that back. No way back from here."
    ),
    "quorum": lambda: translate(
        "wizard", "The synchronous standbys are cut from {node}: it can acknowledge no synchronous commit. Local "
                  "commits and reads it still can."
    ),
    "attest": lambda: translate(
        "wizard", "A person vouches by name that {node} is off. Nothing proves it, and there is no way back from here."
    ),
}  # fmt: skip
_VERBS: Final = {Verb.FENCE_BY_COMMAND: "command", Verb.ATTEST: "attest", Verb.FENCE: "ssh"}


def method_name(method: str) -> str:
    known = _NAMES.get(method)
    return known() if known else shown(method)


def meaning(method: str, plan: Plan) -> str:
    """What a method does to the old primary, and whether there is a way back."""
    known = _MEANINGS.get(method)
    return known().format(node=shown(plan.subject) or translate("wizard", "the old primary")) if known else ""


def fence_of(plan: Plan, options: Pairs) -> str:
    """The method of a plan: what was asked for, else what its notes or its steps say."""
    asked = dict(options).get("fence", "") or dict(plan.notes).get("fence", "") or dict(plan.inputs).get("fence", "")
    if asked in METHODS:
        return asked
    verbs = [act.verb for step in plan.steps for act in step.acts]
    return next((method for verb, method in _VERBS.items() if verb in verbs), "")


def attestation_of(plan: Plan) -> str:
    """What a person has to vouch for, in the plan's own word; empty where nothing is asked."""
    return dict(plan.notes).get("attest", "")


def attestation_sentence(word: str, plan: Plan) -> str:
    node = shown(plan.subject) or translate("wizard", "the old primary")
    if word.endswith("-is-off"):
        text = translate("wizard", "I vouch that {node} is switched off and stays off until it is rejoined. This is "
                                   "recorded under my name.")  # fmt: skip
        return text.format(node=shown(word.removesuffix("-is-off")))
    text = translate("wizard", "I vouch for this, by name, about {node}: {what}")
    return text.format(node=node, what=shown(word).replace("-", " "))
