"""What a cron expression means, in words, and what is wrong in one that is none; knows no Qt."""

from itertools import pairwise
from typing import Final

from console.domain.schedule import Cron, CronTrouble, Meaning, Rhythm, meaning_of
from console.domain.text import shown
from console.ui.measures import weekday
from console.ui.speech import counted, joined, translate

LISTED_MAX: Final = 6  # more values than this are told by the first, the last and their number


def weekday_long(place: int) -> str:
    """0 is Sunday, as cron counts."""
    names = (
        translate("cron", "Sunday"), translate("cron", "Monday"), translate("cron", "Tuesday"),
        translate("cron", "Wednesday"), translate("cron", "Thursday"), translate("cron", "Friday"),
        translate("cron", "Saturday"),
    )  # fmt: skip
    return names[place % 7]


def month_long(place: int) -> str:
    names = (
        translate("cron", "January"), translate("cron", "February"), translate("cron", "March"),
        translate("cron", "April"), translate("cron", "May"), translate("cron", "June"), translate("cron", "July"),
        translate("cron", "August"), translate("cron", "September"), translate("cron", "October"),
        translate("cron", "November"), translate("cron", "December"),
    )  # fmt: skip
    return names[place - 1]


def cron_meaning(cron: str) -> str:
    """'every Sunday at 01:00', 'every 15 minutes'; what is wrong where it is no such expression."""
    try:
        return meaning_text(meaning_of(Cron.parse(cron)))
    except CronTrouble as trouble:
        return cron_trouble_text(trouble)


def cron_days(cron: str) -> str:
    """Only on which days, for narrow places: 'every Sunday'; empty where it can't be read."""
    try:
        meaning = meaning_of(Cron.parse(cron))
    except CronTrouble:
        return ""
    if meaning.rhythm in (Rhythm.MINUTES, Rhythm.HOURS):
        return meaning_text(meaning)
    if meaning.rhythm is Rhythm.WEEKDAYS and len(meaning.weekdays) > 1:
        return _week_short(meaning.weekdays)
    return _days(meaning)


def _week_short(days: tuple[int, ...]) -> str:
    """'Mon, Thu to Sat', '5 days a week'."""
    runs: list[list[int]] = []
    for one in sorted(set(days), key=lambda one: (one - 1) % 7):
        if runs and (one - runs[-1][-1]) % 7 == 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    said = []
    for run in runs:
        names = [weekday((one - 1) % 7) for one in run]
        text = translate("cron", "{first} to {last}")
        said += [text.format(first=names[0], last=names[-1])] if len(run) > 2 else names
    if len(said) > 2:
        return translate("cron", "{n} days a week").format(n=len(days))
    return translate("cron", ", ").join(said)


def meaning_text(meaning: Meaning) -> str:
    match meaning.rhythm:
        case Rhythm.MINUTES:
            if meaning.every == 1:
                return translate("cron", "every minute")
            if meaning.every is not None:
                return translate("cron", "every {n} minutes").format(n=meaning.every)
            return translate("cron", "each hour at {minutes}").format(minutes=_minutes(meaning))
        case Rhythm.HOURS:
            if meaning.every == 1:
                return translate("cron", "each hour at {minutes}").format(minutes=_minutes(meaning))
            text = translate("cron", "every {n} hours at {minutes}")
            return text.format(n=meaning.every, minutes=_minutes(meaning))
        case _:
            text = translate("cron", "{days} at {times}")
            return text.format(days=_days(meaning), times=_times(meaning))


def _minutes(meaning: Meaning) -> str:
    return _list([f":{one:02}" for one in meaning.minutes])


def _times(meaning: Meaning) -> str:
    clocks = [f"{hour:02}:{minute:02}" for hour, minute in meaning.times]
    count = len(clocks) + meaning.more_times
    if count <= LISTED_MAX:
        return joined(clocks)
    text = translate("cron", "{first}, {second} and {n} more times")
    return text.format(first=clocks[0], second=clocks[1], n=count - 2)


def _days(meaning: Meaning) -> str:
    """On which days; of a day of the month and one of the week either counts where both are named."""
    on_days = translate("cron", "on day {days} of the month").format(days=_list([str(one) for one in meaning.days]))
    match meaning.rhythm:
        case Rhythm.WEEKDAYS:
            text = _week(meaning.weekdays)
        case Rhythm.MONTH_DAYS if meaning.weekdays:
            text = translate("cron", "{week}, if it is {days}").format(week=_week(meaning.weekdays), days=on_days)
        case Rhythm.MONTH_DAYS:
            text = on_days
        case Rhythm.EITHER_DAYS:
            text = translate("cron", "{week}, and {days},").format(week=_week(meaning.weekdays), days=on_days)
        case _:
            text = translate("cron", "every day")
    if meaning.months:
        months = _list([month_long(one) for one in meaning.months])
        text = translate("cron", "{days} in {months}").format(days=text, months=months)
    return text


def _week(days: tuple[int, ...]) -> str:
    found = sorted(set(days), key=lambda one: (one - 1) % 7)  # Monday first
    if len(found) > 2 and all((b - a) % 7 == 1 for a, b in pairwise(found)):
        text = translate("cron", "{first} to {last}")
        return text.format(first=weekday_long(found[0]), last=weekday_long(found[-1]))
    return translate("cron", "every {days}").format(days=joined([weekday_long(one) for one in found]))


def _list(words: list[str]) -> str:
    if len(words) <= LISTED_MAX:
        return joined(words)
    text = translate("cron", "{first} … {last} ({n})")
    return text.format(first=words[0], last=words[-1], n=counted(len(words), "{n}", "{n}"))


# What is wrong in one


def cron_trouble_text(trouble: CronTrouble) -> str:
    """What is wrong, in which field, and what is expected there."""
    if trouble.reason == "no-such-zone":
        text = translate("cron", "There is no time zone '{value}': name one as 'Europe/Berlin' or 'UTC'.")
        return text.format(value=shown(trouble.value))
    if trouble.reason in ("fields", "empty") and trouble.field == "expression":
        return translate("cron", "Five fields are wanted: minute, hour, day of the month, month, day of the week.")
    reason = _TROUBLES.get(trouble.reason)
    said = reason() if reason else shown(trouble.reason)
    text = translate("cron", "{field}: '{value}' {reason}.")
    return text.format(field=_FIELDS.get(trouble.field, lambda: shown(trouble.field))(), reason=said,
                       value=shown(trouble.value))  # fmt: skip


_FIELDS: Final = {
    "minute": lambda: translate("cron", "Minute"),
    "hour": lambda: translate("cron", "Hour"),
    "day-of-month": lambda: translate("cron", "Day of the month"),
    "month": lambda: translate("cron", "Month"),
    "day-of-week": lambda: translate("cron", "Day of the week"),
    "expression": lambda: translate("cron", "The expression"),
}
_TROUBLES: Final = {
    "empty": lambda: translate("cron", "is empty"),
    "not-a-number": lambda: translate("cron", "is no number"),
    "out-of-range": lambda: translate("cron", "is out of its range"),
    "backwards": lambda: translate("cron", "runs backwards"),
    "step": lambda: translate("cron", "has a step that is none"),
    "step-without-range": lambda: translate("cron", "has a step, and no range to step through"),
    "too-long": lambda: translate("cron", "is too long"),
    "not-supported": lambda: translate("cron", "is not known here"),
    "never": lambda: translate("cron", "never comes in those months"),
}
