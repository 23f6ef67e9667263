"""What monitoring scripts say: the convention's own examples, and whatever else they may print."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.domain.monitoring import OUTPUT_CHARACTERS_MAX, CheckState
from console.domain.nagios import (
    LABEL_CHARACTERS_MAX,
    PERF_VALUES_MAX,
    Range,
    judged,
    number_of,
    read_output,
    read_range,
    state_of,
)


@pytest.mark.parametrize(
    ("text", "alerting", "quiet"),
    [
        ("10", (-0.001, 10.001, math.inf), (0, 10)),
        ("10:", (9.999, -math.inf), (10, 1e300)),
        ("~:10", (10.001,), (10, -1e300)),
        ("10:20", (9.9, 20.1), (10, 20)),
        ("@10:20", (10, 15, 20), (9.9, 20.1)),
        (":5", (-1, 5.1), (0, 5)),
        ("-5:-1", (-5.1, 0), (-5, -1)),
        ("@~:0", (-7, 0), (0.1,)),
        ("1.5e3", (1500.1,), (1500,)),
    ],
)
def test_ranges_alert_as_the_guidelines_say(text: str, alerting: tuple[float, ...], quiet: tuple[float, ...]) -> None:
    found = read_range(text)
    assert found is not None
    assert all(found.alerts(value) for value in alerting)
    assert not any(found.alerts(value) for value in quiet)
    assert found.alerts(math.nan)


@pytest.mark.parametrize(
    "text", ["x", "@", "20:10", "1:2:3", "~", "10 20", "nan", "inf:", "--1", "1" * 61, "@@1", "@:~"]
)
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="rang"):
        read_range(text)


def test_no_range_judges_nothing() -> None:
    assert read_range("  ") is None
    assert judged(1e9, warning=None, critical=None) is CheckState.OK


@given(st.floats(allow_nan=False), st.floats(allow_nan=False), st.booleans(), st.floats(allow_nan=False))
def test_a_range_alerts_either_inside_or_outside(low: float, high: float, inside: bool, value: float) -> None:
    low, high = min(low, high), max(low, high)
    one, other = Range(low=low, high=high, inside=inside), Range(low=low, high=high, inside=not inside)
    assert one.alerts(value) is not other.alerts(value)


def test_critical_comes_before_warning() -> None:
    warning, critical = read_range("5"), read_range("10")
    assert judged(4, warning=warning, critical=critical) is CheckState.OK
    assert judged(6, warning=warning, critical=critical) is CheckState.WARNING
    assert judged(11, warning=warning, critical=critical) is CheckState.CRITICAL
    assert judged(None, warning=warning, critical=None) is CheckState.UNKNOWN


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (0, CheckState.OK, ""), (1, CheckState.WARNING, ""), (2, CheckState.CRITICAL, ""), (3, CheckState.UNKNOWN, ""),
        (7, CheckState.UNKNOWN, "exit-status"), (126, CheckState.UNKNOWN, "not-executable"),
        (127, CheckState.UNKNOWN, "not-found"), (137, CheckState.UNKNOWN, "killed"),
        (-1, CheckState.UNKNOWN, "killed"), (None, CheckState.UNKNOWN, "lost"),
    ],
)  # fmt: skip
def test_an_exit_status_is_a_state_or_a_reason(status: int | None, state: CheckState, reason: str) -> None:
    assert state_of(status) == (state, reason)


def test_the_example_of_the_guidelines() -> None:
    said = read_output(
        b"DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968\n"
        b"/ 15272 MB (77%);\n"
        b"/boot 68 MB (69%);\n"
        b"/var/log 819 MB (84%); | /boot=68MB;88;93;0;98\n"
        b"/home=69357MB;253404;253409;0;253414\n"
        b"/var/log=818MB;970;975;0;980\n"
    )
    assert said.text.splitlines()[0] == "DISK OK - free space: / 3326 MB (56%);"
    assert said.text.splitlines()[-1] == "/var/log 819 MB (84%);"
    assert [value.label for value in said.values] == ["/", "/boot", "/home", "/var/log"]
    one = said.values[0]
    assert (one.value, one.unit, one.warning, one.critical, one.low, one.high) == (2643, "MB", "5948", "5958", 0, 5968)
    assert not said.cut


def test_labels_may_be_quoted_and_values_unknown() -> None:
    said = read_output(b"fine | 'a label''s = name'=1.5s;@1:2;~:5;; 'x'=U plain=-3% c=7c")
    assert [(value.label, value.value, value.unit) for value in said.values] == [
        ("a label's = name", 1.5, "s"), ("x", None, ""), ("plain", -3, "%"), ("c", 7, "c"),
    ]  # fmt: skip
    assert (said.values[0].warning, said.values[0].critical) == ("@1:2", "~:5")


@pytest.mark.parametrize("text", ["=5", "a", "a=", "a=x", "a=1e999", "a=1;2;3;4;5;6;7", "a=nan", "'open=1"])
def test_values_that_make_no_sense_are_left_out_and_said(text: str) -> None:
    said = read_output(f"fine | {text}".encode())
    assert said.values == ()
    assert said.cut
    assert said.text == "fine"


def test_megabytes_are_cut() -> None:
    said = read_output(b"x" * 5_000_000 + b"|a=1")
    assert len(said.text) <= OUTPUT_CHARACTERS_MAX
    assert said.cut
    many = read_output(b"fine|" + b" ".join(b"v%d=1" % n for n in range(500)))
    assert len(many.values) == PERF_VALUES_MAX
    assert many.cut


def test_escapes_and_zero_bytes_become_harmless() -> None:
    said = read_output("\x1b[31mred\x1b]0;title\x07\0 \u202egnp.exe | 'l\x1b'=1\n\x9b more".encode())
    assert "\x1b" not in said.text and "\0" not in said.text and "\u202e" not in said.text and "\x9b" not in said.text
    assert said.values[0].label == "l�"


@given(st.binary(max_size=3000))
@example(b"")
@example(b"|")
@example(b"|'")
@example(b"a|'b''")
@example(b"\n|\n|")
@example(b"\xff\xfe|\xff=1")
def test_no_output_breaks_the_reader(output: bytes) -> None:
    said = read_output(output)
    assert len(said.text) <= OUTPUT_CHARACTERS_MAX
    assert all(character == "\n" or character == "\t" or ord(character) >= 32 for character in said.text)
    assert len(said.values) <= PERF_VALUES_MAX
    for value in said.values:
        assert 0 < len(value.label) <= LABEL_CHARACTERS_MAX + 1
        assert value.value is None or math.isfinite(value.value)


_LABELS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30)


_UNITS = st.sampled_from(("", "s", "%", "MB", "c"))


@given(st.lists(st.tuples(_LABELS, st.integers(-(10**12), 10**12), _UNITS), max_size=20))
def test_what_is_written_by_the_convention_is_read_back(values: list[tuple[str, int, str]]) -> None:
    line = " ".join("'" + label.replace("'", "''") + f"'={number}{unit}" for label, number, unit in values)
    said = read_output(f"fine | {line}".encode())
    assert [(value.label, value.value, value.unit) for value in said.values] == [
        (label, float(number), unit) for label, number, unit in values
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0), (" 2.50 ", 2.5), ("t", 1.0), ("f", 0.0), ("", None), ("1 day", None), ("NaN", None),
        ("-1e3", -1000.0),
    ],
)  # fmt: skip
def test_a_servers_number(text: str, number: float | None) -> None:
    assert number_of(text) == number
