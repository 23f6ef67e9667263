"""The words for indicators: their names and formulas, figures, what they rest on, and why there is none."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from console.domain.indicators import EvidenceLine, Indicator, IndicatorName, IndicatorUnit
from console.domain.text import shown
from console.link.governing import IndicatorsSeen
from console.ui.measures import NOTHING, compact, duration, moment, number
from console.ui.speech import counted, listed, translate

_Text = Callable[[], str]
NAME_CHARACTERS_MAX: Final = 60
NOW_SECONDS: Final = 120.0  # a time that ended so lately goes until now


def indicator_title(name: IndicatorName) -> str:
    """What is measured, as a short name."""
    return _TITLES[name]()


def formula_text(name: IndicatorName) -> str:
    """How the four indicators are defined; empty for the others, which the trade defines."""
    found = _FORMULAS.get(name)
    return found() if found is not None else ""


def percent(value: float) -> str:
    """Never rounded up: what is not whole does not look whole."""
    decimals = 5 if value > 99.9 else 4 if abs(value - round(value)) < 0.01 else 2
    step = 10**decimals
    text = f"{math.floor(round(value * step, 6)) / step:.{decimals}f}".rstrip("0").rstrip(".")
    return translate("indicator", "{n} %").format(n=text)


def value_text(one: Indicator) -> str:
    """The figure with its unit; 'not measured' where there is none."""
    if one.value is None:
        if one.name is IndicatorName.RTO_PROMISED:
            return translate("indicator", "not promised")
        if one.reason == "never-lost":
            return NOTHING
        return translate("indicator", "not measured")
    text = _plain(one.value, one)
    if one.of is not None and one.unit in (IndicatorUnit.COPIES, IndicatorUnit.ENTRIES, IndicatorUnit.MINUTES):
        text = translate("indicator", "{value} of {all}").format(value=text, all=_plain(one.of, one))
    if one.reason == "at-least":
        text = translate("indicator", "at least {value}").format(value=text)
    return text


def _plain(value: float, one: Indicator) -> str:
    match one.unit:
        case IndicatorUnit.PERCENT:
            return percent(value)
        case IndicatorUnit.SECONDS:
            return duration(value)
        case IndicatorUnit.MINUTES:
            return translate("indicator", "{n} min").format(n=compact(value))
        case IndicatorUnit.ENTRIES | IndicatorUnit.COPIES:
            return number(value)


def over_promise(one: Indicator) -> bool:
    """Is it worse than what was promised? False where nothing was, or nothing is measured."""
    against = (IndicatorName.RTO_P50, IndicatorName.RTO_P95, IndicatorName.ALLOWANCE_USED)
    return one.name in against and one.value is not None and one.of is not None and one.value > one.of


def basis_text(one: Indicator, now: datetime) -> str:
    """What a figure rests on, or why there is none; a fragment."""
    if one.value is None and one.name is IndicatorName.RTO_PROMISED:
        parts = [translate("indicator", "the inventory names no rto_seconds_max")]
    elif one.value is None:
        parts = [reason_text(one.reason)]
    else:
        parts = [_basis(one, now)]
        if one.reason and one.reason != "at-least":
            parts.append(reason_text(one.reason))
        if over_promise(one):
            parts.append(translate("indicator", "over the promise"))
    if one.left_out:
        parts.append(
            counted(one.left_out, translate("indicator", "1 record says nothing of it"),
                    translate("indicator", "{n} records say nothing of it"))
        )  # fmt: skip
    return listed(part for part in parts if part)


def _basis(one: Indicator, now: datetime) -> str:
    count = one.count
    match one.name, one.evidence.kind:
        case IndicatorName.SHARE_OF_ONE_NODE, _:
            return counted(count, translate("indicator", "share of one node, of 1"),
                           translate("indicator", "share of one node, of {n}"))  # fmt: skip
        case (IndicatorName.RTO_PROMISED, _):
            return translate("indicator", "from the inventory")
        case IndicatorName.ALLOWANCE_USED, _:
            return translate("indicator", "without writes in {year}").format(year=now.year)
        case _, "incident":
            seen = translate("indicator", "in {time} watched").format(time=duration(one.of or 0.0))
            lost = counted(count, translate("indicator", "lost once"), translate("indicator", "lost {n} times"))
            return listed((lost if count else translate("indicator", "never lost"), seen))
        case _, "copies":
            at = one.evidence.begin
            text = translate("indicator", "compared {at} UTC")
            return text.format(at=moment(at, now, seconds=False)) if at is not None else ""
        case _, "restore":
            return translate("indicator", "of the last restore, in a sandbox")
        case IndicatorName.RECOVERY_TIME, _:
            return translate("indicator", "of the last recovery")
        case _, "drill":
            return counted(count, translate("indicator", "of 1 drill"), translate("indicator", "of {n} drills"))
        case (IndicatorName.RTO_P50 | IndicatorName.RTO_P95), _:
            return counted(count, translate("indicator", "of 1 recovery or drill"),
                           translate("indicator", "of {n} recoveries and drills"))  # fmt: skip
        case _:
            return counted(count, translate("indicator", "of 1 run"), translate("indicator", "added up over {n} runs"))


def reason_text(word: str) -> str:
    """Why a figure is not there, or how exact it is; a fragment."""
    if not word:
        return ""
    known = _REASONS.get(word)
    return known() if known is not None else shown(word, characters_max=NAME_CHARACTERS_MAX).replace("-", " ")


def indicator_sentence(one: Indicator, now: datetime) -> str:
    """One figure with all that is said of it, for the command line and for a screen reader."""
    text = translate("indicator", "{title}: {value} ({basis})")
    return text.format(title=indicator_title(one.name), value=value_text(one), basis=basis_text(one, now))


def headline(seen: IndicatorsSeen) -> str:
    """The sentence of the page: what was lost of what, in how many recoveries."""
    figures = {one.name: one for one in seen.indicators}
    entries = figures.get(IndicatorName.ENTRIES_RECOVERED)
    name = shown(seen.cluster)
    if seen.run:
        name = translate("indicator", "Run {run} of {cluster}").format(run=shown(seen.run, characters_max=12),
                                                                       cluster=name)  # fmt: skip
    if entries is None or entries.value is None or entries.of is None:
        text = translate("indicator", "{cluster}: what a recovery loses is not measured")
        return text.format(cluster=name)
    lost = round(entries.of - entries.value)
    if lost == 0:
        one = translate("indicator", "{cluster}: 1 change of roles or restore lost no entry")
        many = translate("indicator", "{cluster}: {n} changes of roles and restores lost no entry")
        return counted(entries.count, one, many).format(cluster=name)
    one = translate("indicator", "{cluster}: {lost} lost in 1 change of roles or restore")
    many = translate("indicator", "{cluster}: {lost} lost in {n} changes of roles and restores")
    if entries.reason == "at-least":
        one = translate("indicator", "{cluster}: at most {lost} lost in 1 change of roles or restore")
        many = translate("indicator", "{cluster}: at most {lost} lost in {n} changes of roles and restores")
    if seen.run:
        one = translate("indicator", "{cluster}: {lost} lost, of {all}")
        if entries.reason == "at-least":
            one = translate("indicator", "{cluster}: at most {lost} lost, of {all}")
    what = counted(lost, translate("indicator", "1 entry"), translate("indicator", "{n} entries"))
    return counted(entries.count, one, many).format(cluster=name, lost=what, all=number(entries.of))


def period_text(seen: IndicatorsSeen, now: datetime) -> str:
    """From when to when."""
    if seen.until <= now < seen.until + timedelta(seconds=NOW_SECONDS):
        return translate("indicator", "Since {begin} UTC").format(begin=moment(seen.since, now, seconds=False))
    text = translate("indicator", "{begin} to {end} UTC")
    return text.format(begin=moment(seen.since, now, seconds=False), end=moment(seen.until, now, seconds=False))


def line_what(line: EvidenceLine) -> str:
    """What a record is: 'Failover to chi-1', 'Restore proof on vault-2'."""
    known = _WHAT.get((line.kind, line.word)) or _WHAT.get((line.kind, ""))
    text = known() if known is not None else shown(line.word, characters_max=NAME_CHARACTERS_MAX).replace("-", " ")
    if line.node:
        text = translate("indicator", "{what}, {node}").format(what=text, node=shown(line.node))
    return text


def line_figures(line: EvidenceLine) -> str:
    """What it says: time, and entries or blocks; a dash where it says nothing."""
    parts = []
    if line.seconds is not None:
        parts.append(_took(line))
    if line.lost is not None and line.data is not None:
        text = translate("indicator", "{lost} of {all} entries lost")
        if line.kind == "copies":
            text = translate("indicator", "{lost} of {all} blocks differ")
        parts.append(text.format(lost=number(line.lost), all=number(line.data)))
    return listed(parts) if parts else NOTHING


def _took(line: EvidenceLine) -> str:
    time = duration(line.seconds or 0.0)
    if line.kind in ("run", "incident"):
        return translate("indicator", "{time} without writes").format(time=time)
    return time


def line_sentence(line: EvidenceLine, now: datetime) -> str:
    """One record in one line."""
    text = translate("indicator", "{at} UTC  {what} ({id}): {figures}")
    return text.format(at=moment(line.at, now), what=line_what(line), figures=line_figures(line),
                       id=shown(line.id, characters_max=NAME_CHARACTERS_MAX))  # fmt: skip


_TITLES: Final[dict[IndicatorName, _Text]] = {
    IndicatorName.RECOVERY_RATE: lambda: translate("indicator", "Recovery rate"),
    IndicatorName.ENTRIES_RECOVERED: lambda: translate("indicator", "Entries recovered"),
    IndicatorName.REDUNDANCY_RATE: lambda: translate("indicator", "Redundancy rate"),
    IndicatorName.COPIES_PROVEN: lambda: translate("indicator", "Copies proven"),
    IndicatorName.RECOVERY_TIME: lambda: translate("indicator", "Recovery time"),
    IndicatorName.RTO_P50: lambda: translate("indicator", "RTO measured, p50"),
    IndicatorName.RTO_P95: lambda: translate("indicator", "RTO measured, p95"),
    IndicatorName.RTO_PROMISED: lambda: translate("indicator", "RTO promised"),
    IndicatorName.SHARE_OF_ONE_NODE: lambda: translate("indicator", "Availability"),
    IndicatorName.UPTIME_SHARE: lambda: translate("indicator", "MTBF/(MTBF+MTTR)"),
    IndicatorName.MTBF: lambda: translate("indicator", "MTBF"),
    IndicatorName.MTTR: lambda: translate("indicator", "MTTR"),
    IndicatorName.ALLOWANCE_USED: lambda: translate("indicator", "Year's allowance used"),
}

_FORMULAS: Final[dict[IndicatorName, _Text]] = {
    IndicatorName.RECOVERY_RATE: lambda: translate(
        "indicator", "R = (1 − L/D)·100 %: D entries there before, L of them missing after"
    ),
    IndicatorName.REDUNDANCY_RATE: lambda: translate(
        "indicator", "R = N/(2N − F)·100 %: N blocks of the primary, F of them failed in the last check of the copies"
    ),
    IndicatorName.RECOVERY_TIME: lambda: translate(
        "indicator", "T = 100 %/R: R in % recovered a second by the last restore or failover"
    ),
    IndicatorName.SHARE_OF_ONE_NODE: lambda: translate(
        "indicator", "A = 1/N·100 %: the share of one of N nodes, not a time"
    ),
}

_REASONS: Final[dict[str, _Text]] = {
    "no-ledger": lambda: translate("indicator", "the cluster has no ledger that is read"),
    "not-recorded": lambda: translate("indicator", "the record does not say it"),
    "loss-not-known": lambda: translate("indicator", "the loss is not known"),
    "numbers-not-counts": lambda: translate("indicator", "numbers of this ledger have gaps and count nothing"),
    "data-not-known": lambda: translate("indicator", "how many entries there were is not known"),
    "counts-impossible": lambda: translate("indicator", "the record names more lost than there were"),
    "no-recovery": lambda: translate("indicator", "no failover, switchover or restore ended in this time"),
    "record-gone": lambda: translate("indicator", "the record of its run is gone"),
    "nothing-to-lose": lambda: translate("indicator", "there was nothing to lose"),
    "never-compared": lambda: translate("indicator", "the copies were never compared"),
    "not-in-this-time": lambda: translate("indicator", "the last comparison lies before this time"),
    "clock-jumped": lambda: translate("indicator", "a clock jumped: the record ends before it begins"),
    "primary-not-compared": lambda: translate("indicator", "the primary was not among what was compared"),
    "no-copy-compared": lambda: translate("indicator", "no copy could be compared"),
    "failed-at-least": lambda: translate("indicator", "F counted to the first block that differs"),
    "not-of-a-run": lambda: translate("indicator", "not a figure of one run"),
    "gap-not-measured": lambda: translate("indicator", "the time without writes was not measured"),
    "begin-not-seen": lambda: translate("indicator", "when writes stopped was not seen"),
    "nothing-recovered": lambda: translate("indicator", "nothing was recovered"),
    "nothing-promised": lambda: translate("indicator", "nothing promised"),
    "no-nodes": lambda: translate("indicator", "the inventory names no server"),
    "not-watched": lambda: translate("indicator", "nobody was watching in this time"),
    "never-lost": lambda: translate("indicator", "never lost"),
}

_WHAT: Final[dict[tuple[str, str], _Text]] = {
    ("run", "failover"): lambda: translate("indicator", "Failover"),
    ("run", "switchover"): lambda: translate("indicator", "Switchover"),
    ("run", "restore"): lambda: translate("indicator", "Restore of the cluster"),
    ("run", "restart"): lambda: translate("indicator", "Restart"),
    ("run", ""): lambda: translate("indicator", "Run"),
    ("restore", ""): lambda: translate("indicator", "Backup restored in a sandbox"),
    ("drill", ""): lambda: translate("indicator", "Restore drill"),
    ("copies", ""): lambda: translate("indicator", "Comparison of all copies"),
    ("incident", "unwritten"): lambda: translate("indicator", "Writes stopped"),
    ("incident", ""): lambda: translate("indicator", "Incident"),
}
