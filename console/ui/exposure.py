"""What would be lost if the primary died now, in words that claim no more than the basis allows; knows no Qt."""

from dataclasses import dataclass
from typing import Final

from console.domain.fleet import Basis, ClusterView, Exposure
from console.ui.measures import age, money
from console.ui.speech import counted, translate
from console.ui.why_words import takeover_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureText:
    """A label, the big figure, the money or what it is said of, what would happen then, the source with its age."""

    label: str
    figure: str
    amounts: str
    then: str
    source: str


def exposure_text(view: ClusterView, *, older_seconds: float = 0.0) -> ExposureText:
    """The standing sentence 'if the primary died now' of one cluster."""
    exposure = view.exposure
    match exposure.basis:
        case Basis.SYNCHRONOUS:
            return ExposureText(
                label=translate("words", "If the primary died now"),
                figure=translate("words", "Nothing lost"),
                amounts=translate("words", "of commits that wait"),
                then=takeover_sentence(view),
                source=_source(view, exposure, translate("words", "synchronous set"), older_seconds),
            )
        case Basis.SEEN:
            return _seen(view, exposure, older_seconds)
        case Basis.UNKNOWN:
            known = _REASONS.get(exposure.reason)
            reason = known() if known else translate("words", "What would be lost can't be said now.")
            then = f"{reason} {takeover_sentence(view)}" if exposure.candidate is not None else reason
            label = translate("words", "If the primary died now")
            if exposure.reason == "no-primary":
                label = translate("words", "If a standby were promoted now")
            return ExposureText(
                label=label,
                figure=translate("words", "Not known"),
                amounts="",
                then=then,
                source="",
            )


def _seen(view: ClusterView, exposure: Exposure, older_seconds: float) -> ExposureText:
    """A difference of two readings: more may have been written since, and the words say so."""
    if exposure.entries is None:
        figure = translate("words", "Not known")
    elif exposure.entries == 0:
        figure = translate("words", "No loss seen")
    else:
        figure = counted(
            exposure.entries, translate("words", "1 entry lost"), translate("words", "{n} entries lost")
        )
    label = translate("words", "If the primary died now, as last read")
    if exposure.reason == "no-primary":
        label = translate("words", "If a standby were promoted now, against the primary's last reading")
    return ExposureText(
        label=label,
        figure=figure,
        amounts=money(exposure.amounts) if exposure.entries else "",
        then=takeover_sentence(view),
        source=_source(view, exposure, translate("words", "flush position"), older_seconds),
    )


def _source(view: ClusterView, exposure: Exposure, basis: str, older_seconds: float) -> str:
    way = translate("words", "{primary} to {candidate}").format(
        primary=view.primary or translate("words", "primary"), candidate=exposure.candidate or "?"
    )
    if exposure.age_seconds is None:
        return translate("words", "{way}, {basis}").format(way=way, basis=basis)
    return translate("words", "{way}, {basis}, {age}").format(
        way=way, basis=basis, age=age(exposure.age_seconds + older_seconds)
    )


_REASONS: Final = {
    "no-primary": lambda: translate("words", "No primary is seen, so there is nothing to compare the standbys with."),
    "no-candidate": lambda: translate("words", "No standby that answers could take over."),
    "no-books": lambda: translate("words", "The heads of the books could not be read, so the loss can't be counted."),
    "no-ledger": lambda: translate("words", "No ledger is known here, so the loss can't be counted in entries."),
    "stale": lambda: translate("words", "The last readings are too old to say it."),
    "not-asked": lambda: translate("words", "Nothing was read yet."),
}
