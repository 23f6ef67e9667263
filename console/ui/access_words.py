"""Rights in words: each trial, how it had to end and how it did, a kit's files; knows no Qt."""

from typing import Final

from console.domain.access import AccessCheck, AccessKit, AccessReport, Level, Outcome, Trial, Wanted
from console.ui.speech import counted, translate

_LEVELS: Final = {
    Level.OBSERVE: lambda: translate("access", "observe"),
    Level.BACKUP: lambda: translate("access", "backup"),
    Level.OPERATE: lambda: translate("access", "operate"),
}
_TRIALS: Final = {
    Trial.SHELL: lambda: translate("access", "log in and run a command"),
    Trial.HOST_FACTS: lambda: translate("access", "read what shows a server's life or death"),
    Trial.SESSION: lambda: translate("access", "ask the server"),
    Trial.SEES_ALL: lambda: translate("access", "see every session's state"),
    Trial.HEAD: lambda: translate("access", "read the ledger's head"),
    Trial.HEARTBEAT: lambda: translate("access", "write the console's heartbeat"),
    Trial.REPLICATION: lambda: translate("access", "open a replication session"),
    Trial.GRANTED: lambda: translate("access", "have what the level grants in the database"),
    Trial.ACCOUNT_SHELL_WORKS: lambda: translate("access", "run scripts as the server's account"),
    Trial.ROOT_LOGIN: lambda: translate("access", "be root"),
    Trial.BECOME_ROOT: lambda: translate("access", "become root"),
    Trial.SUDO_LIST: lambda: translate("access", "have more in sudo's list than the level needs"),
    Trial.GROUPS: lambda: translate("access", "be in a group that opens other accounts' files"),
    Trial.SHADOW: lambda: translate("access", "read the host's password hashes"),
    Trial.KEY_FILE: lambda: translate("access", "change the account's own key line"),
    Trial.DATA_FILES: lambda: translate("access", "read the server's files as the login account"),
    Trial.ACCOUNT_FILES: lambda: translate("access", "read any file as the server's account"),
    Trial.ACCOUNT_LISTS: lambda: translate("access", "list any directory as the server's account"),
    Trial.ACCOUNT_SHELL: lambda: translate("access", "open a shell as the server's account"),
    Trial.ACCOUNT_SQL: lambda: translate("access", "run psql as the server's account, which is a superuser's shell"),
    Trial.FORWARD: lambda: translate("access", "forward a connection through SSH"),
    Trial.SUPERUSER: lambda: translate("access", "have a role's attributes beyond the level"),
    Trial.MEMBERSHIPS: lambda: translate("access", "be a member of other roles"),
    Trial.SET_ROLE: lambda: translate("access", "act as a superuser in the database"),
    Trial.READ_SECRETS: lambda: translate("access", "read the roles' password hashes"),
    Trial.READ_SERVER_FILE: lambda: translate("access", "read a file through the server"),
    Trial.WRITE_SERVER_FILE: lambda: translate("access", "write a file through the server"),
    Trial.RUN_PROGRAM: lambda: translate("access", "run a program through the server"),
    Trial.CREATE_ROLE: lambda: translate("access", "create a role"),
    Trial.CREATE_TABLE: lambda: translate("access", "create a table"),
    Trial.WRITE_LEDGER: lambda: translate("access", "delete from the ledger"),
    Trial.WRITE_TABLES: lambda: translate("access", "write any table but the console's own"),
    Trial.FUNCTIONS: lambda: translate("access", "run the server's guarded functions beyond the level"),
    Trial.SETTINGS: lambda: translate("access", "change the server's settings beyond the level"),
}
_OBSERVED: Final = {
    "no-data-directory": lambda: translate("access", "its data directory is not known"),
    "no-account-to-act-as": lambda: translate("access", "the inventory names no account to act as ('become')"),
    "no-ledger": lambda: translate("access", "no ledger is known here"),
    "standby": lambda: translate("access", "a standby takes no writes: ask the primary"),
    "superusers-alone-before-15": lambda: translate("access", "before PostgreSQL 15 superusers alone can"),
}
ACCESS_REFUSED: Final = {
    "several-nodes": lambda: translate("access", "several clusters have a node {subject}; name one with --cluster"),
    "kit-account": lambda: translate("access", "this can't be the account for {subject}: a name of its own, not root's "
                                               "and not the server's"),
    "kit-key": lambda: translate("access", "this is no public key in one line, as ssh-keygen writes it"),
    "kit-path": lambda: translate("access", "no kit is made with such a name or path of {subject}; put plain ones into "
                                            "the inventory"),
    "kit-source": lambda: translate("access", "this is no address that a key's 'from' takes"),
    "kit-until": lambda: translate("access", "this is no time that a key's 'expiry-time' takes (YYYYMMDD)"),
    "access-not-reached": lambda: translate("access", "{subject} was not reached, so no right was tried"),
}  # fmt: skip


def level_word(level: Level) -> str:
    """A level as a word."""
    return _LEVELS[level]()


def trial_title(trial: Trial) -> str:
    """What was tried."""
    return _TRIALS[trial]()


def check_sentence(check: AccessCheck) -> str:
    """One trial in a line: its outcome, what had to be, and what was seen."""
    what = trial_title(check.trial)
    works = check.wanted is Wanted.WORKS
    match check.outcome:
        case Outcome.PASS:
            text = translate("access", "may: {what}") if works else translate("access", "may not: {what}")
        case Outcome.FAIL:
            text = (
                translate("access", "cannot, and should: {what}") if works
                else translate("access", "can, and must not: {what}")
            )  # fmt: skip
        case Outcome.NOT_CHECKED:
            text = translate("access", "not checked: {what}")
    text = text.format(what=what)
    seen = _OBSERVED.get(check.observed)
    observed = seen() if seen else check.observed
    if check.outcome is Outcome.PASS or not observed:
        return text
    return translate("access", "{text} ({observed})").format(text=text, observed=observed)


def outcome_mark(outcome: Outcome) -> str:
    """The outcome as a word to begin a line with."""
    match outcome:
        case Outcome.PASS:
            return translate("access", "PASS")
        case Outcome.FAIL:
            return translate("access", "FAIL")
        case Outcome.NOT_CHECKED:
            return translate("access", "NOT CHECKED")


def report_headline(report: AccessReport) -> str:
    """All trials in one sentence."""
    level = level_word(report.level)
    failed, unknown = report.count(Outcome.FAIL), report.count(Outcome.NOT_CHECKED)
    named = {"login": report.login or "?", "node": report.node, "level": level}
    if failed:
        text = counted(
            failed,
            translate("access", "{login} on {node} is not as level '{level}' says: 1 trial failed"),
            translate("access", "{login} on {node} is not as level '{level}' says: {n} trials failed"),
        ).format(**named)
    else:
        text = translate("access", "{login} on {node} has what level '{level}' says, and nothing beyond it").format(
            **named
        )
    if not unknown:
        return text
    return translate("access", "{text}; not checked: {n}").format(text=text, n=unknown)


def kit_headline(kit: AccessKit) -> str:
    """What a kit is for."""
    return translate("access", "Level '{level}' on {node}: account {account}").format(
        level=level_word(kit.level), node=kit.node, account=kit.account
    )
