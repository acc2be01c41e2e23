"""Reading interval counts: what is taken, and every refusal with its place."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import forecasting.reading
from forecasting.blocks import BLOCK_BYTES, LONGEST_LINE
from forecasting.errors import InputError
from forecasting.reading import read_history

HEADER = "interval_start,queue,offered\n"


def rows(*lines: str) -> str:
    """A file's text with the usual header."""
    return HEADER + "".join(line + "\n" for line in lines)


def quarters(count: int, queue: str = "a", day: str = "2024-01-01", minutes: int = 15) -> list[str]:
    """Lines of `count` neighbouring intervals from midnight of a day."""
    start = np.datetime64(f"{day}T00:00", "m")
    times = start + np.arange(count) * np.timedelta64(minutes, "m")
    return [f"{time}:00Z,{queue},{i % 5}" for i, time in enumerate(times)]


def write(folder: Path, text: str | bytes, name: str = "calls.csv") -> Path:
    """A file of that text in the folder."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_rows_become_one_regular_series_per_queue(tmp_path: Path) -> None:
    """Counts land on their interval of their queue, and an absent row is not observed."""
    path = write(
        tmp_path,
        rows(
            "2024-01-01T00:00:00Z,b,3",
            "2024-01-01T00:15:00Z,a,1",
            "2024-01-01T00:45:00Z,a,2",
            "2024-01-01T00:15:00Z,b,4",
        ),
    )
    history = read_history(path)
    assert list(history) == ["a", "b"]
    assert history.interval_minutes == 15
    assert history["a"].start == np.datetime64("2024-01-01T00:15")
    np.testing.assert_array_equal(history["a"].offered, [1, np.nan, 2])
    np.testing.assert_array_equal(history["b"].offered, [3, 4])
    assert history["a"].handled_seconds is None


def test_columns_come_in_any_order_and_others_are_left_aside(tmp_path: Path) -> None:
    """Column order and unknown columns make no difference; empty handling time is not observed."""
    path = write(
        tmp_path,
        "site,offered,handled_seconds,interval_start,queue,abandoned\n"
        "X,3,90.5,2024-01-01T00:00:00Z,a,0\n"
        "X,0,,2024-01-01T00:15:00Z,a,0\n",
    )
    series = read_history(path)["a"]
    np.testing.assert_array_equal(series.offered, [3, 0])
    assert series.handled_seconds is not None
    np.testing.assert_array_equal(series.handled_seconds, [90.5, np.nan])


@pytest.mark.parametrize("rest", ["2", '"2"'])
def test_an_average_handling_time_is_that_of_every_call(tmp_path: Path, rest: str) -> None:
    """Where the average is told, the calls together take it times their number, however written."""
    head = "interval_start,queue,offered,aht_seconds\n2024-01-01T00:00:00Z,a,3,10\n"
    row = f"2024-01-01T00:15:00Z,a,{rest},"
    series = read_history(write(tmp_path, f"{head}{row}100.5\n"))["a"]
    assert series.handled_seconds is not None
    assert series.handled_seconds.tolist() == [30, 201]
    with pytest.raises(InputError) as caught:
        read_history(write(tmp_path, f"{head}{row}-1\n"))
    assert (caught.value.line, caught.value.column) == (3, "aht_seconds")


@pytest.mark.parametrize(
    "times",
    [
        ("2024-06-01T00:00:00Z", "2024-06-01T00:15:00Z"),
        ("2024-06-01T00:00Z", "2024-06-01T00:15Z"),
        ("2024-06-01T01:00:00+01:00", "2024-06-01T01:15:00+01:00"),
        ("2024-06-01 01:00:00+01:00", "2024-06-01T00:15:00.000Z"),
        ("2024-05-31T19:00-0500", "2024-06-01t00:15z"),
        ('"2024-06-01T00:00:00Z"', " 2024-06-01T00:15:00Z "),
    ],
)
def test_every_way_of_writing_an_instant_gives_the_same_series(
    tmp_path: Path, times: tuple[str, str]
) -> None:
    """Z, offsets, seconds or none, quotes and spaces name the same instants."""
    series = read_history(write(tmp_path, rows(*(f"{time},a,1" for time in times))))["a"]
    assert series.start == np.datetime64("2024-06-01T00:00")
    assert len(series) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
        lambda text: text.replace(",3\n", ",3.0\n"),
        lambda text: text + text.splitlines(keepends=True)[-1],
    ],
    ids=["BOM", "CRLF", "no last line end", "blank lines", "3.0", "identical row twice"],
)
def test_harmless_differences_are_accepted(tmp_path: Path, change: object) -> None:
    """What Excel and others do to a CSV file does not change the counts."""
    text = rows(*quarters(12))
    plain = read_history(write(tmp_path, text))["a"]
    assert callable(change)
    changed = read_history(write(tmp_path, change(text)))["a"]
    np.testing.assert_array_equal(changed.offered, plain.offered)


def test_gzip_is_known_by_its_bytes(tmp_path: Path) -> None:
    """A gzip file is read whatever it is called."""
    path = write(tmp_path, gzip.compress(rows(*quarters(9)).encode()), "calls.csv")
    assert len(read_history(path)["a"]) == 9


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_interval_length_is_read_from_the_data(tmp_path: Path, minutes: int) -> None:
    """15, 30 and 60 minutes are told apart, also with gaps."""
    lines = quarters(200, minutes=minutes)
    kept = [line for i, line in enumerate(lines) if i % 7 not in {3, 4}]
    assert read_history(write(tmp_path, rows(*kept))).interval_minutes == minutes


def test_sparse_queue_takes_the_length_of_the_others(tmp_path: Path) -> None:
    """A queue with a few rows on the hour does not make the file mixed."""
    sparse = ["2024-01-01T05:00:00Z,b,1", "2024-01-01T09:00:00Z,b,2"]
    history = read_history(write(tmp_path, rows(*quarters(96), *sparse)))
    assert history["b"].interval_minutes == 15
    assert len(history["b"]) == 17


def test_closed_nights_and_weekends_are_legal(tmp_path: Path) -> None:
    """Slots that are never observed leave gaps and are no reason to refuse."""
    lines = [
        line
        for day in ("2024-01-05", "2024-01-08", "2024-01-09")
        for line in quarters(68, day=day)[32:]
    ]
    series = read_history(write(tmp_path, rows(*lines)))["a"]
    assert int(series.observed.sum()) == len(lines)


def test_hours_on_the_half_hour_are_legal(tmp_path: Path) -> None:
    """Hourly data of a zone half an hour off keep their phase."""
    lines = [line.replace(":00:00Z", ":30:00Z") for line in quarters(30, minutes=60)]
    series = read_history(write(tmp_path, rows(*lines)))["a"]
    assert series.interval_minutes == 60
    assert series.start == np.datetime64("2024-01-01T00:30")


GOOD = quarters(6)

REFUSED = {
    "empty file": ("", None, None, "empty"),
    "header only": (HEADER, None, None, "no rows"),
    "wrong header": ("time,queue,offered\n", 1, "interval_start", "header"),
    "semicolons": (rows(*GOOD).replace(",", ";"), 1, "interval_start", "header"),
    "column twice": ("interval_start,queue,offered,offered\n", 1, "offered", "twice"),
    "negative count": (rows(*GOOD, "2024-01-01T02:00:00Z,a,-3"), 8, "offered", "negative"),
    "fraction": (rows(*GOOD, "2024-01-01T02:00:00Z,a,2.5"), 8, "offered", "whole"),
    "no number": (rows(*GOOD, "2024-01-01T02:00:00Z,a,many"), 8, "offered", "not a count"),
    "not a number": (rows(*GOOD, "2024-01-01T02:00:00Z,a,nan"), 8, "offered", "not a count"),
    "infinite": (rows(*GOOD, "2024-01-01T02:00:00Z,a,inf"), 8, "offered", "not a count"),
    "exponent": (rows(*GOOD, "2024-01-01T02:00:00Z,a,1e3"), 8, "offered", "not a count"),
    "empty count": (rows(*GOOD, "2024-01-01T02:00:00Z,a,"), 8, "offered", "leave the row out"),
    "absurd count": (rows(*GOOD, "2024-01-01T02:00:00Z,a,1000001"), 8, "offered", "1,000,000"),
    "overflow": (rows(*GOOD, f"2024-01-01T02:00:00Z,a,{'9' * 400}"), 8, "offered", "1,000,000"),
    "no offset": (rows(*GOOD, "2024-01-01T02:00:00,a,1"), 8, "interval_start", "offset"),
    "all without offset": (rows("2024-01-01T02:00:00,a,1"), 2, "interval_start", "offset"),
    "no time": (rows("25:15,a,1"), 2, "interval_start", '"25:15" is not a time'),
    "hour 25": (rows(*GOOD, "2024-01-01T25:00:00Z,a,1"), 8, "interval_start", "exists"),
    "30 February": (rows(*GOOD, "2024-02-30T00:00:00Z,a,1"), 8, "interval_start", "exists"),
    "offset of 30 hours": (rows("2024-02-03T00:00:00+30:00,a,1"), 2, "interval_start", "exists"),
    "now": (rows("now,a,1"), 2, "interval_start", "not a time"),
    "empty time": (rows(*GOOD, ",a,1"), 8, "interval_start", "not a time"),
    "date only": (rows("2024-01-01,a,1"), 2, "interval_start", "not a time"),
    "sloppy date": (rows("2024-1-1T00:00:00+01,a,1"), 2, "interval_start", "not a time"),
    "other digits": (rows("٢024-01-01T00:00:00Z,a,1"), 2, "interval_start", "not a time"),
    "off the grid": (rows(*GOOD, "2024-01-01T02:07:00Z,a,1"), 8, "interval_start", "quarter hour"),
    "five minutes": (rows(*quarters(9, minutes=5)), 3, "interval_start", "quarter hour"),
    "seconds": (rows("2024-01-01T02:00:30Z,a,1"), 2, "interval_start", "whole minute"),
    "year 1": (rows("0001-01-01T00:00:00Z,a,1"), 2, "interval_start", "1970"),
    "before year 1": (rows("0001-01-01T00:00:00+10:00,a,1"), 2, "interval_start", "1970"),
    "year 9999": (rows("9999-12-31T23:45:00Z,a,1"), 2, "interval_start", "1970"),
    "span of a century": (rows(*GOOD, "2101-01-01T00:00:00Z,a,1"), 2, "interval_start", "60 years"),
    "clash": (rows(*GOOD, "2024-01-01T00:15:00Z,a,7"), 8, "offered", "line 3"),
    "too few fields": (rows(*GOOD, "2024-01-01T02:00:00Z,a"), 8, None, "2 fields"),
    "too many fields": (rows(*GOOD, "2024-01-01T02:00:00Z,a,1,1"), 8, None, "4 fields"),
    "no queue": (rows(*GOOD, "2024-01-01T02:00:00Z,,1"), 8, "queue", "name"),
    "unprintable queue": (rows(*GOOD, "2024-01-01T02:00:00Z,a\tb,1"), 8, "queue", "name"),
    "long queue": (rows(*GOOD, f"2024-01-01T02:00:00Z,{'a' * 101},1"), 8, "queue", "name"),
    "open quote": (rows(*GOOD, '2024-01-01T02:00:00Z,"a,1'), 8, None, "CSV"),
    "lone carriage return": (rows(*GOOD, "2024-01-01T02:00:00Z,a\rb,1"), 8, None, "CSV"),
    "single row": (rows("2024-01-01T02:00:00Z,a,1"), None, "interval_start", "single row"),
    "daily rows": (rows(*quarters(9, minutes=1440)), None, "interval_start", "1440 minutes apart"),
    "45 minutes": (rows(*quarters(9, minutes=45)), None, "interval_start", "45 minutes apart"),
    "hours, then quarters": (
        rows(*quarters(48, minutes=60), *quarters(96, day="2024-01-03")),
        51,
        "interval_start",
        "60 and 15",
    ),
    "quarters, then hours": (
        rows(*quarters(96), *quarters(48, day="2024-01-02", minutes=60)),
        98,
        "interval_start",
        "60 and 15",
    ),
    "quarters, then half hours": (
        rows(*quarters(96), *quarters(96, day="2024-01-02", minutes=30)),
        98,
        "interval_start",
        "30 and 15",
    ),
    "one stray quarter among hours": (
        rows(*quarters(48, minutes=60), "2024-01-03T00:15:00Z,a,1"),
        50,
        "interval_start",
        "60",
    ),
    "one hourly queue": (
        rows(*quarters(96), *quarters(24, "b", minutes=60)),
        98,
        "interval_start",
        '"b"',
    ),
    "negative handling time": (
        "interval_start,queue,offered,handled_seconds\n2024-01-01T00:00:00Z,a,1,-5\n",
        2,
        "handled_seconds",
        "seconds",
    ),
    "infinite handling time": (
        "interval_start,queue,offered,handled_seconds\n2024-01-01T00:00:00Z,a,1,1e999\n",
        2,
        "handled_seconds",
        "seconds",
    ),
    "NUL": (rows(*GOOD, "2024-01-01T02:00:00Z,a\0,1"), 8, None, "NUL"),
    "not UTF-8": (rows(*GOOD).encode() + b"2024-01-01T02:00:00Z,\xe9,1\n", 8, None, "UTF-8"),
    "UTF-16": (rows(*GOOD).encode("utf-16"), 1, None, "NUL"),
    "long line": (rows(*GOOD) + "x" * (LONGEST_LINE + 1) + "\n", 8, None, "longer than"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal_names_file_line_and_column(tmp_path: Path, case: str) -> None:
    """Input that cannot be used is refused in one sentence that says where it stands."""
    text, line, column, words = REFUSED[case]
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_history(path)
    error = caught.value
    assert (error.path, error.line, error.column) == (str(path), line, column)
    assert words in error.message
    assert error.message.endswith(".")
    assert "\n" not in str(error)
    assert str(error).startswith(str(path))
    assert len(error.message) < 250


def test_first_wrong_line_is_named_far_into_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line numbers stay right beyond the first blocks of a long file."""
    monkeypatch.setattr("forecasting.blocks.BLOCK_BYTES", 1000)
    lines = quarters(400)
    assert len(read_history(write(tmp_path, rows(*lines)))["a"]) == 400
    lines[-5] = lines[-5].rsplit(",", 1)[0] + ",-1"
    with pytest.raises(InputError, match="line 397, column offered"):
        read_history(write(tmp_path, rows(*lines)))


def test_clash_names_the_later_line_whatever_the_order(tmp_path: Path) -> None:
    """Of two rows that disagree, the one further down is named, with the other's line."""
    lines = [*quarters(6)[::-1], "2024-01-01T01:15:00Z,a,9"]
    with pytest.raises(InputError, match=r"line 8, column offered: .* line 2 "):
        read_history(write(tmp_path, rows(*lines)))


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_line_is_refused_after_one_block(
    tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """20 MB without a line end are refused without being read."""
    data = HEADER.encode() + b"7" * 20_000_000
    path = write(tmp_path, gzip.compress(data, 1) if packed else data)
    monkeypatch.setattr("forecasting.blocks.MOST_BYTES", 3 * BLOCK_BYTES)
    with pytest.raises(InputError, match="line 2: The line is longer than"):
        read_history(path)


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unpacking stops at the limit of bytes."""
    monkeypatch.setattr("forecasting.blocks.MOST_BYTES", BLOCK_BYTES)
    path = write(tmp_path, gzip.compress(HEADER.encode() + b"\n" * (3 * BLOCK_BYTES)))
    with pytest.raises(InputError, match="more than 4 MB"):
        read_history(path)


@pytest.mark.parametrize(("cut", "words"), [(-9, "cut off"), (60, "cut off")])
def test_a_cut_gzip_is_refused(tmp_path: Path, cut: int, words: str) -> None:
    """A gzip file that ends early is refused rather than read in part."""
    path = write(tmp_path, gzip.compress(rows(*quarters(900)).encode())[:cut])
    with pytest.raises(InputError, match=words):
        read_history(path)


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    """Flipped bytes inside a gzip file are noticed."""
    data = bytearray(gzip.compress(rows(*quarters(900)).encode()))
    data[-6] ^= 0xFF
    with pytest.raises(InputError, match="damaged"):
        read_history(write(tmp_path, bytes(data)))


def test_unreadable_paths_are_refused(tmp_path: Path) -> None:
    """A missing file and a folder are refused in a sentence."""
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_history(path)


def test_too_many_queues_are_refused(tmp_path: Path) -> None:
    """A column that is no queue at all is noticed by its many names."""
    lines = [f"2024-01-01T00:00:00Z,q{i},1" for i in range(1001)]
    with pytest.raises(InputError, match="more than 1,000 queues"):
        read_history(write(tmp_path, rows(*lines)))


def test_grids_of_absurd_size_are_refused(tmp_path: Path) -> None:
    """Many queues of two rows decades apart do not fill the memory."""
    lines = [f"{year}-01-01T00:00:00Z,q{i},1" for i in range(12) for year in (1975, 2030)]
    with pytest.raises(InputError, match="more than 20,000,000 intervals"):
        read_history(write(tmp_path, rows(*lines)))


FIELD = st.sampled_from(
    ["2024-01-01T00:00:00Z", "2024-01-01T00:15:00Z", "2024-1-1T00:00:00+01", "2024-01-01T00:30Z"]
)
COUNT = st.sampled_from(["0", "3", "+4", " 5", "6 ", "7.0", "-1", "1e2", "", "1_0", "0x1", "True"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(FIELD, st.sampled_from(["a", " a", "b"]), COUNT), min_size=1, max_size=4))
def test_fast_and_careful_parsing_agree(tmp_path: Path, lines: list[tuple[str, str, str]]) -> None:
    """Whatever the vectorised parser takes, the line-by-line parser reads the same."""
    path = write(tmp_path, rows(*(",".join(line) for line in [*lines, *lines])))

    def outcome() -> object:
        try:
            history = read_history(path)
        except InputError as error:
            return str(error)
        return {name: (s.start, s.offered.tolist()) for name, s in history.items()}

    fast = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forecasting.reading, "plain_rows", lambda *_: None)
        careful = outcome()
    assert repr(fast) == repr(careful)
