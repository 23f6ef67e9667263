"""Takes secrets out of texts before they are written down: commands, outputs and settings, by the shapes they have."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

MASK: Final = "***"
KNOWN_SECRET_CHARACTERS_MIN: Final = 4  # a shorter one would blacken half of every text

T = TypeVar("T")

# One value as shell, conninfo, SQL, JSON or YAML write it: quoted in either way, also doubled inside of SQL, or bare.
# A value in quotes ends at its own quote, so what stands behind it stays readable.
# Every repetition has its limit: a hostile text must not cost more than its length.
_QUOTED: Final = (
    r"''(?:[^'\\]|\\.){0,999}''|'(?:[^'\\]|\\.|''){0,999}'"
    r"|\\?\"(?:[^\"\\]|\\[^\"]){0,999}\\?\"|\"(?:[^\"\\]|\\.){0,999}\""
)
_BARE: Final = r"(?:\\.|[^\s'\"\\])+"  # up to a space or a quote: conninfo lets a bare value hold all else
_CUT_OFF: Final = r"\\?['\"].*"  # a quote that never ends: the rest of the line is taken for it
_VALUE: Final = rf"(?:(?:{_QUOTED})(?:{_BARE})?|{_BARE}|{_CUT_OFF})"
_NAME: Final = r"(?:password|passwd|passphrase|secret(?:[_-]?access)?(?:[_-]?key)?|api[_-]?key|token)"

_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    # A private key, whole or cut off at its end.
    (
        re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL),
        f"(private key {MASK})",
    ),
    # scheme://user:secret@host; the last @ before the path ends it, as a secret may hold one.
    (re.compile(r"(\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@'\"]{0,200}):[^\s/'\"]*@", re.IGNORECASE), rf"\1:{MASK}@"),
    # Authorization: Basic …, Bearer …
    (re.compile(r"(\bauthorization\b['\"]?\s*[:=]\s*['\"]?(?:[a-z]+\s+)?)[^\s'\"]+", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"(\bbearer\s+)[a-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\1{MASK}"),
    # What a server keeps of a password is a secret as well.
    (re.compile(r"SCRAM-SHA-256\$[^\s'\"]+"), f"SCRAM-SHA-256${MASK}"),
    (re.compile(r"\bmd5[0-9a-f]{32}\b"), f"md5{MASK}"),
    # create role … password '…', identified by '…'
    (re.compile(rf"(\b(?:password|identified\s+by)\s+)(?:{_QUOTED})", re.IGNORECASE), rf"\1'{MASK}'"),
    # PGPASSWORD=…, password=…, "password": "…", --password=…, sslpassword = '…', AWS_SECRET_ACCESS_KEY=…
    (
        re.compile(rf"((?:\b|_|(?<=ssl)|(?<=PG)){_NAME}(?:\\?['\"])?\s*[=:]\s*)(?!\s){_VALUE}", re.IGNORECASE),
        rf"\1{MASK}",
    ),
    # --password secret, -u user:secret, --user user:secret
    (re.compile(rf"(--(?:password|passphrase|token|secret)\s+)(?!-){_VALUE}", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"((?:^|\s)(?:-u\s*|--user[ =])['\"]?[^\s:'\"]+):[^\s'\"]+"), rf"\1:{MASK}"),
    # A line of a passfile: host:port:database:user:secret, where a colon in a part is escaped.
    (
        re.compile(r"((?<![^\s'\"])(?:\\.|[^\s:'\"\\])+:(?:[0-9]{1,5}|\*):(?:\\.|[^\s:\\])+:(?:\\.|[^\s:\\])+):[^\s'\"]+"),
        rf"\1:{MASK}",
    ),
)


def masked(text: str, *, known: tuple[str, ...] = ()) -> str:
    """The text with every secret that has a known shape, and every secret that is known, replaced by '***'.

    Rather too much than too little. Masking twice changes nothing more.
    """
    for secret in sorted(known, key=len, reverse=True):
        if len(secret) >= KNOWN_SECRET_CHARACTERS_MIN:
            text = text.replace(secret, MASK)
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def masked_value(value: T, *, known: tuple[str, ...] = ()) -> T:
    """The same value with every text in it masked, however deep: dataclasses, tuples, lists and mappings."""
    return _masked_any(value, known)  # type: ignore[no-any-return]


def _masked_any(value: Any, known: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return masked(value, known=known)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for one in fields(value):
            before = getattr(value, one.name)
            after = _masked_any(before, known)
            if after is not before and after != before:
                changed[one.name] = after
        return replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        if len(value) == 2 and all(isinstance(part, str) for part in value):
            return _masked_pair(value[0], value[1], known)
        return tuple(_masked_any(part, known) for part in value)
    if isinstance(value, list):
        return [_masked_any(part, known) for part in value]
    if isinstance(value, dict):
        return {key: _masked_any(part, known) for key, part in value.items()}
    return value


_SECRET_NAME: Final = re.compile(rf"(?:^|[_ -]|ssl|pg){_NAME}$", re.IGNORECASE)


def _masked_pair(name: str, text: str, known: tuple[str, ...]) -> tuple[str, str]:
    """A name and its value, as in arguments and facts: a value whose name says that it is secret is one."""
    if _SECRET_NAME.search(name) and text:
        return name, MASK
    return masked(name, known=known), masked(text, known=known)
