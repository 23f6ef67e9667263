"""`patroni`: what a cluster under Patroni says of itself, and orders to it that are followed until they are proven."""

from argparse import Namespace
from typing import Final

from console.cli.answers import OrderAnswer, PatroniAnswer
from console.cli.face import Exit, Face, expect, failed
from console.domain.consensus import Danger, GroupView
from console.domain.group_orders import Order
from console.link.group import AskGroup, OrderEnded, OrderGroup, OrderOutcome
from console.ui import patroni_words as words

ASK_SECONDS_MAX: Final = 60.0
ORDER_SECONDS_MAX: Final = 3700.0
_ACTS: Final = {
    "pause": Order.PAUSE,
    "resume": Order.RESUME,
    "restart": Order.RESTART,
    "reinit": Order.REINITIALISE,
}
_GRAVE: Final = frozenset({Danger.SPLIT_BRAIN, Danger.NO_QUORUM, Danger.NO_KEY})


def patroni(face: Face, options: Namespace) -> Exit:
    """Show, or order and prove."""
    if options.act in ("status", "history"):
        return _show(face, options)
    order = _ACTS[options.act]
    named = order in (Order.RESTART, Order.REINITIALISE)
    if named and not options.node:
        raise failed("usage", f"{options.act} needs a node", code=Exit.USAGE)
    if not named and options.node:
        raise failed("usage", f"{options.act} is about the whole cluster, not about one node", code=Exit.USAGE)
    if named and not options.yes:
        what = "its server is stopped and started" if order is Order.RESTART else "its data is thrown away, copied anew"
        raise failed(
            "to-confirm", f"{options.act} of {options.node}: {what}", where=options.cluster,
            then="say --yes to have it done", code=Exit.PERSON,
        )  # fmt: skip
    with face.link() as link:
        question = OrderGroup(
            cluster=options.cluster, order=order, node=options.node, discard=options.discard
        )  # fmt: skip
        ended: OrderEnded = expect(
            link.ask(question, seconds_max=ORDER_SECONDS_MAX), OrderEnded, where=options.cluster
        )
    sentence = words.ended_sentence(ended)
    face.print(OrderAnswer(outcome=ended.outcome.value, sentence=sentence, ended=ended), [sentence])
    return Exit.DONE if ended.outcome is OrderOutcome.PROVEN else Exit.REFUSED


def _show(face: Face, options: Namespace) -> Exit:
    if options.node:
        raise failed("usage", f"{options.act} is about the whole cluster, not about one node", code=Exit.USAGE)
    with face.link() as link:
        question = AskGroup(cluster=options.cluster)
        view: GroupView = expect(link.ask(question, seconds_max=ASK_SECONDS_MAX), GroupView, where=options.cluster)
    sentence = words.group_sentence(view)
    answer = PatroniAnswer(
        sentence=sentence, concerns=tuple(words.concern_sentence(one) for one in view.concerns), view=view
    )  # fmt: skip
    if options.act == "history":
        lines = [words.history_line(line) for line in view.history]
        face.print(answer, lines or ["No change of the timeline is known."])
        return Exit.DONE
    face.print(answer, _lines(view, answer))
    return Exit.REFUSED if any(view.has(danger) for danger in _GRAVE) else Exit.DONE


def _lines(view: GroupView, answer: PatroniAnswer) -> list[str]:
    lines = [answer.sentence, f"  {words.settings_line(view)}"]
    lines += [f"  {words.look_line(view, look)}" for look in view.looks]
    lines += [f"  {words.candidate_line(standing)}" for standing in view.standings if standing.node != view.holder]
    lines += [f"  ! {concern}" for concern in answer.concerns]
    return lines
