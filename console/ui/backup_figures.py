"""The figures of media, policy and work that stand beside the sentences of the Backups page; knows no Qt."""

from typing import Final

from console.domain.backup import BackupsView, Job, RepositorySeen
from console.domain.backup_policy import BackupPolicy
from console.domain.text import shown
from console.ui.backup_words import capital
from console.ui.measures import bytes_parts, bytes_per_second, bytes_text, duration, number
from console.ui.speech import counted, joined, translate

# Media


def medium_figure(seen: RepositorySeen) -> str:
    medium = seen.medium
    if medium is None:
        return translate("backup", "not known")
    if medium.free_bytes is None:
        return translate("backup", "no limit known")
    return translate("backup", "{bytes} left").format(bytes=bytes_text(medium.free_bytes))


def medium_percent(seen: RepositorySeen) -> float | None:
    medium = seen.medium
    if medium is None or not medium.total_bytes or medium.free_bytes is None:
        return None
    return max(0.0, min(100.0, 100.0 * (1 - medium.free_bytes / medium.total_bytes)))


def medium_line(view: BackupsView, seen: RepositorySeen) -> str:
    medium = seen.medium
    if medium is None:
        return translate("backup", "Its medium was not read yet")
    said = []
    percent = medium_percent(seen)
    if percent is not None:
        said.append(translate("backup", "{n} % full").format(n=number(percent)))
    days = dict(view.days_until_full).get(seen.spec.name)
    if days is not None:
        one = counted(round(days), translate("backup", "lasts 1 day"), translate("backup", "lasts {n} days"))
        said.append(one)
    used = (medium.used_by_backups_bytes or 0) + (medium.used_by_wal_bytes or 0)
    if used:
        said.append(translate("backup", "{bytes} kept").format(bytes=bytes_text(used)))
    if seen.spec.mirror:
        known = seen.mirror is not None
        there, lost = translate("backup", "mirrored"), translate("backup", "mirror not seen")
        said.append(there if known else lost)
    return capital(translate("backup", ", ").join(said))


def advice_text(view: BackupsView) -> str:
    """3-2-1 in one line."""
    groups: dict[str, list[str]] = {"missing": [], "not known": [], "fulfilled": []}
    for rule, state in view.advice:
        groups.setdefault(state, []).append(_advice_word(rule))
    words = (
        ("missing", translate("backup", "missing: {rules}")),
        ("not known", translate("backup", "not known: {rules}")),
        ("fulfilled", translate("backup", "fulfilled: {rules}")),
    )
    said = [text.format(rules=joined(groups[key])) for key, text in words if groups[key]]
    return capital(translate("backup", "; ").join(said))


def _advice_word(rule: str) -> str:
    known = _ADVICE.get(rule)
    return known() if known else shown(rule, characters_max=60).replace("-", " ")


_ADVICE: Final = {
    "three-copies": lambda: translate("backup", "three copies"),
    "two-media": lambda: translate("backup", "two media"),
    "one-offsite": lambda: translate("backup", "one elsewhere"),
    "immutable": lambda: translate("backup", "one that can't be changed"),
    "encrypted": lambda: translate("backup", "encrypted"),
    "proven": lambda: translate("backup", "proven lately"),
}


# Policy


def kept_text(policy: BackupPolicy) -> str:
    keep = policy.retention
    fulls = counted(keep.fulls_min, translate("backup", "1 full backup"), translate("backup", "{n} full backups"))
    if keep.window_days is None:
        return translate("backup", "Kept: at least {fulls} with all that needs them.").format(fulls=fulls)
    days = counted(round(keep.window_days), translate("backup", "1 day"), translate("backup", "{n} days"))
    text = translate("backup", "Kept: every moment of {days}, and at least {fulls}.")
    return text.format(days=days, fulls=fulls)


# Work under way


def job_figures(job: Job, *, narrow: bool = False) -> tuple[str, str, str]:
    """'4.1 GB of 10.8 GB, 212 MB/s', '38 %', '32 s left'; empty where it is not known. `narrow`: one unit for both."""
    done, whole, rate = job.done_bytes, job.all_bytes, job.bytes_per_second
    said = []
    if done is not None and whole:
        text = translate("backup", "{done} of {all}")
        amount, unit = bytes_parts(done)
        told = amount if narrow and unit == bytes_parts(whole)[1] else bytes_text(done)
        said.append(text.format(done=told, all=bytes_text(whole)))
    elif done is not None:
        said.append(bytes_text(done))
    if rate is not None:
        said.append(bytes_per_second(rate))
    percent = job_percent(job)
    left = ""
    if job.seconds_left is not None:
        left = translate("backup", "{time} left").format(time=duration(job.seconds_left, whole=True))
    return (
        translate("backup", ", ").join(said),
        translate("backup", "{n} %").format(n=number(percent)) if percent is not None else "",
        left,
    )


def job_percent(job: Job) -> float | None:
    if job.done_bytes is None or not job.all_bytes:
        return None
    return max(0.0, min(100.0, 100.0 * job.done_bytes / job.all_bytes))
