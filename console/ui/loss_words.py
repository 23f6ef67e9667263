"""What would be lost, in words that claim no more than the ground they stand on; knows no Qt."""

from console.domain.plan import Loss, LossBasis
from console.domain.text import shown
from console.ui.check_words import reason_sentence
from console.ui.measures import compact, duration, money, number
from console.ui.speech import counted, translate


def loss_figure(loss: Loss | None) -> str:
    """The loss as one figure: 'Nothing', '87 entries', '87 to 122 entries', 'at most 35 entries', 'not known'."""
    if loss is None or loss.basis is LossBasis.UNKNOWN:
        return translate("loss", "not known")
    if loss.basis is LossBasis.NONE:
        return translate("loss", "nothing")
    low, high = loss.entries_low, loss.entries_high
    if low is None and high is None:
        return translate("loss", "not known")
    if low is None or (low == 0 and high):
        return translate("loss", "at most {n} entries").format(n=number(high or 0))
    if loss.basis is LossBasis.EXACT or high == low:
        return _entries(low)
    if high is None:
        return translate("loss", "{n} entries or more").format(n=number(low))
    return translate("loss", "{low} to {high} entries").format(low=number(low), high=number(high))


def loss_sentence(loss: Loss | None, *, short: bool) -> str:
    """A clause for a table ('87 entries, at most 122'), or the whole sentence with its candidate."""
    return _short(loss) if short else _long(loss)


def loss_amounts(loss: Loss | None) -> str:
    """The money of what was seen: 'USD 247,310.40 and EUR 6,120.00'; empty where there is none."""
    return money(loss.amounts) if loss is not None and loss.amounts and loss.entries_low else ""


def loss_ground(loss: Loss | None) -> str:
    """What the figures rest on, and what stands outside of them; empty where all is said."""
    if loss is None:
        return ""
    parts = []
    if loss.unseen_seconds is not None and loss.basis is LossBasis.INTERVAL:
        text = translate("loss", "the primary was last read {time} before it fell silent")
        if loss.entries_per_second is not None:
            text = translate("loss", "the primary was last read {time} before it fell silent, at {rate} entries/s")
        parts.append(text.format(time=duration(loss.unseen_seconds), rate=compact(loss.entries_per_second or 0.0)))
    elif loss.reason and loss.basis is not LossBasis.NONE:
        parts.append(reason_sentence(loss.reason, loss.candidate))
    if loss.outside == "local-commits":
        parts.append(translate("loss", "commits that wait for no standby stand outside of this"))
    elif loss.outside:
        parts.append(shown(loss.outside).replace("-", " "))
    return "; ".join(parts)


def _entries(count: int) -> str:
    if count == 0:
        return translate("loss", "nothing")
    return counted(count, translate("loss", "1 entry"), translate("loss", "{n} entries"))


def _short(loss: Loss | None) -> str:
    if loss is None or loss.basis is LossBasis.UNKNOWN:
        return translate("loss", "loss not known")
    low, high = loss.entries_low, loss.entries_high
    if loss.basis is LossBasis.NONE or (loss.basis is LossBasis.EXACT and low == 0):
        return translate("loss", "loses nothing")
    if low is not None and high is not None and high > low > 0:
        return translate("loss", "loses {low}, at most {high}").format(low=_entries(low), high=number(high))
    return translate("loss", "loses {figure}").format(figure=loss_figure(loss))


def _long(loss: Loss | None) -> str:
    if loss is None or loss.basis is LossBasis.UNKNOWN:
        who = shown(loss.candidate) if loss is not None else ""
        if not who:
            return translate("loss", "What would be lost is not known")
        return translate("loss", "What promoting {node} would lose is not known").format(node=who)
    names = {"node": shown(loss.candidate) or translate("loss", "the candidate")}
    low, high = loss.entries_low, loss.entries_high
    if loss.basis is LossBasis.NONE:
        return translate("loss", "Promoting {node} loses nothing that was acknowledged").format(**names)
    if low is None and high is None:
        return translate("loss", "What promoting {node} would lose is not known").format(**names)
    if loss.basis is LossBasis.EXACT or high == low:
        text = translate("loss", "Promoting {node} now loses {entries}")
        return text.format(entries=_entries(low if low is not None else high or 0), **names)
    if not low:
        text = translate("loss", "Promoting {node} now loses nothing that was seen, and up to {more} that nobody saw")
        return text.format(more=_entries(high or 0), **names)
    if high is None:
        text = translate("loss", "Promoting {node} now loses {entries}, and an unknown number that nobody has seen")
        return text.format(entries=_entries(low), **names)
    text = translate("loss", "Promoting {node} now loses {entries}, and up to {more} more that nobody has seen")
    return text.format(entries=_entries(low), more=number(high - low), **names)
