"""Peers in words: what each direction does, and how the books of both sides compare; knows no Qt."""

from typing import Final

from console.domain.peers import PeerBooks, PeersView, PeerTrouble, Subscription, troubles_of
from console.ui.measures import bytes_text
from console.ui.speech import counted, listed, translate

_TROUBLES: Final = {
    PeerTrouble.CONFLICTS: lambda: translate("peers", "conflicts rose within the last hour"),
    PeerTrouble.ERRORS: lambda: translate("peers", "what arrives can't be applied"),
    PeerTrouble.STOPPED: lambda: translate("peers", "no worker runs"),
    PeerTrouble.DISABLED: lambda: translate("peers", "it is disabled"),
    PeerTrouble.SILENT: lambda: translate("peers", "nothing was heard for too long"),
    PeerTrouble.BEHIND: lambda: translate("peers", "it is behind"),
    PeerTrouble.LOOP: lambda: translate("peers", "its origin is not 'none': entries may go round and round"),
    PeerTrouble.BOOKS_DIFFER: lambda: translate("peers", "the books of both sides differ"),
}
_TROUBLE: Final = {
    "no-primary": lambda: translate("peers", "no primary is seen"),
    "too-old": lambda: translate("peers", "its PostgreSQL is older than 16, whose subscriptions know no origin"),
}


def trouble_word(trouble: PeerTrouble) -> str:
    """What is wrong, as part of a sentence."""
    return _TROUBLES[trouble]()


def peers_headline(view: PeersView) -> str:
    """All directions in one sentence."""
    if not view.subscriptions:
        if view.trouble:
            return translate("peers", "What {name} takes from peers can't be said: {why}").format(
                name=view.cluster, why=_why(view.trouble[0][1])
            )
        return translate("peers", "{name} takes nothing from any peer").format(name=view.cluster)
    running = sum(1 for one in view.subscriptions if one.enabled and one.running)
    text = counted(
        len(view.subscriptions),
        translate("peers", "{name} takes entries from 1 peer, {running} running"),
        translate("peers", "{name} takes entries from {n} peers, {running} running"),
    )
    return text.format(name=view.cluster, running=running)


def subscription_sentence(one: Subscription, *, silent_seconds_max: float) -> str:
    """One direction: from whom, how far behind, conflicts, what is wrong."""
    source = one.publisher or translate("peers", "a peer that is not watched here")
    parts = [translate("peers", "{name}: {source} to {node}").format(name=one.name, source=source, node=one.node)]
    if one.lag_bytes is not None:
        parts.append(translate("peers", "{size} behind").format(size=bytes_text(one.lag_bytes)))
    if one.heard_seconds is not None:
        parts.append(translate("peers", "heard {seconds:.1f} s ago").format(seconds=one.heard_seconds))
    parts.append(
        counted(one.conflict_count, translate("peers", "1 conflict so far"), translate("peers", "{n} conflicts so far"))
    )
    if one.apply_errors:
        parts.append(
            counted(one.apply_errors, translate("peers", "1 failed try"), translate("peers", "{n} failed tries"))
        )
    parts += [trouble_word(trouble) for trouble, _ in troubles_of(one, silent_seconds_max=silent_seconds_max)]
    return listed(parts)


def books_sentence(one: PeerBooks) -> str:
    """One origin's book on both sides."""
    about = {"origin": one.origin or "?", "one": one.one, "other": one.other, "n": one.up_to or 0}
    if one.same is None:
        return translate("peers", "not checked: the book of {origin} on {one} and {other}: {why}").format(
            **about, why=_why(one.reason)
        )
    if not one.same:
        text = translate("peers", "The book of {origin} differs between {one} and {other} within entries 1 to {n}")
        return text.format(**about)
    if not one.up_to:
        return translate("peers", "The book of {origin} is empty on {one} and {other}").format(**about)
    return translate("peers", "proven: the book of {origin} is the same on {one} and {other}, entries 1 to {n}").format(
        **about
    )


def _why(reason: str) -> str:
    known = _TROUBLE.get(reason)
    return known() if known is not None else reason.replace("-", " ")
