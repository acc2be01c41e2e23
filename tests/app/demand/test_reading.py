"""Telephony exports of several makes are read as they are, and what cannot be is named by line."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demand.reading import (
    Read,
    UnclearHourError,
    guess_mapping,
    read_counts,
    read_sheet,
)
from app.demand.reading.clock import check_clock, parse_moment, parse_time
from app.demand.reading.figures import parse_number, parse_seconds
from app.demand.values import ColumnMapping, Measure
from forecasting.errors import InputError

EXPORTS = Path(__file__).parent / "exports"

LONDON = "Europe/London"


def read(data: bytes | str, zone: str = LONDON, name: str = "calls.csv", **changes: object) -> Read:
    """What a file says by the mapping that is guessed for it, some of it changed."""
    sheet = read_sheet(data.encode() if isinstance(data, str) else data, name)
    guess = guess_mapping(sheet, zone)
    return read_counts(sheet, replace(guess.mapping, **changes))  # type: ignore[arg-type]


def export(name: str, zone: str = LONDON) -> Read:
    """A sample export by the mapping that is guessed for it."""
    return read((EXPORTS / name).read_bytes(), zone, name)


def told(given: Read) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """Offered, answered, abandoned and handled seconds by queue and UTC time."""
    counts = given.counts
    columns = (counts.offered, counts.answered, counts.abandoned, counts.handled_seconds)
    return {
        (
            counts.queues[counts.queue[row]],
            datetime.fromtimestamp(int(counts.start[row]) * 60, UTC).strftime("%d %H:%M"),
        ): tuple(None if column is None else float(column[row]) for column in columns)
        for row in range(len(counts))
    }


def test_an_interval_report_by_skill() -> None:
    """Titles, a total line, ranges of time, thousands and averages in pieces are understood."""
    given = export("skill_interval.csv")
    assert told(given) == {
        ("999 Emergency", "23 07:00"): (12, 11, 1, 1980),
        ("999 Emergency", "23 07:15"): (9, 9, 0, 1350),
        ("101 Non-emergency", "23 07:00"): (1020, 980, 40, 352_800),
        ("101 Non-emergency", "23 07:15"): (31, 25, 6, 9000),
    }
    assert given.skipped == {"above the header": 2, "with totals": 1}


def test_a_report_in_utf_16_with_tabs_and_offsets() -> None:
    """UTF-16, tabs, instants with their offset and an average handle time are understood."""
    assert told(export("queue_summary_utf16.csv")) == {
        ("Contrôle", "23 07:00"): (5, 5, 0, 1002.5),
        ("Contrôle", "23 07:15"): (7, 6, 1, 1080),
    }


def test_a_continental_export() -> None:
    """Semicolons, Windows-1252, decimal commas, points between thousands and minutes."""
    assert told(export("semicolon_cp1252.csv")) == {
        ("Straße", "23 07:00"): (1204, 1200, None, 216_030),
        ("Straße", "23 07:30"): (904, 900, None, 162_015),
    }


def test_one_queue_a_column() -> None:
    """American dates, a header on each page, a total column and an empty cell: not observed."""
    given = export("wide_half_hours.csv", "America/Chicago")
    assert told(given) == {
        ("999", "13 13:00"): (10, None, None, None),
        ("999", "13 13:30"): (12, None, None, None),
        ("999", "13 14:00"): (9, None, None, None),
        ("101", "13 13:00"): (40, None, None, None),
        ("101", "13 14:00"): (44, None, None, None),
        ("Digital", "13 13:00"): (3, None, None, None),
        ("Digital", "13 13:30"): (4, None, None, None),
        ("Digital", "13 14:00"): (0, None, None, None),
    }
    assert given.skipped == {
        "with totals": 1,
        "with the header again": 1,
        "without a count": 1,
    }


def test_several_columns_a_queue() -> None:
    """Headers that join a queue and a measure are taken apart."""
    assert told(export("prefixed_wide.csv")) == {
        ("999", "23 07:00"): (10, 9, None, 1800),
        ("999", "23 07:15"): (8, 8, None, 1600),
        ("101", "23 07:00"): (30, 25, None, 10_000),
        ("101", "23 07:15"): (28, 27, None, 10_840.5),
    }


def test_a_printed_report() -> None:
    """A queue and a date that are printed once hold for the lines below; offered is a sum."""
    given = export("grouped_report.csv")
    assert told(given) == {
        ("101", "05 07:00"): (5, 4, 1, None),
        ("101", "05 07:15"): (6, 6, 0, None),
        ("101", "05 07:30"): (7, 5, 2, None),
        ("999", "05 07:00"): (2, 2, 0, None),
        ("999", "05 07:15"): (3, 3, 0, None),
        ("999", "05 07:30"): (1, 1, 0, None),
    }
    assert given.skipped == {"with totals": 2, "without a time or a figure": 1}


def test_a_log_of_calls() -> None:
    """Calls are summed to quarter hours; one without a call is not taken as zero."""
    assert told(export("call_log.csv")) == {
        ("999", "23 07:00"): (2, 2, 0, 265),
        ("999", "23 07:45"): (1, 1, 0, 75),
        ("101", "23 07:00"): (1, 0, 1, 0),
    }


def test_a_complete_log_knows_its_zeros() -> None:
    """When the log is said to be complete, intervals of its span without a call are zero."""
    data = (EXPORTS / "call_log.csv").read_bytes()
    counts = read(data, complete=True).counts
    assert counts.offered.tolist() == [2, 0, 0, 1, 1, 0, 0, 0]
    assert read(data, complete=True, interval_minutes=60).counts.offered.tolist() == [3, 1]


def test_the_file_of_the_command_line() -> None:
    """The file that `parade forecast` reads is read here too, gzip or not."""
    text = (
        "interval_start,queue,offered,handled_seconds\n"
        "2026-03-02T08:00:00Z,999,4,800\n2026-03-02T08:15:00+00:00,999,5,\n"
    )
    for data in (text.encode(), gzip.compress(text.encode()), b"\xef\xbb\xbf" + text.encode()):
        given = told(read(data))
        assert list(given["999", "02 08:00"]) == [4, None, None, 800]
        assert str(given["999", "02 08:15"][3]) == "nan"


OCTOBER = ["00:45", "01:00", "01:15", "01:30", "01:45", "01:00", "01:15", "01:30", "01:45", "02:00"]


def night(times: list[str], day: str = "26/10/2025") -> str:
    """A file of one queue with a line for each local time, counting from 0."""
    rows = [f"{day} {time},999,{place}" for place, time in enumerate(times)]
    return "\n".join(["Start,Queue,Offered", "25/10/2025 23:45,999,100", *rows])


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("paired", [False, True])
def test_the_hour_that_comes_twice_is_told_by_order(paired: bool, backwards: bool) -> None:
    """Both passes of the hour are kept, whichever way the file runs or the pairs lie."""
    times = sorted(OCTOBER) if paired else OCTOBER
    lines = night(times).splitlines()
    if backwards:
        lines = [lines[0], *lines[:0:-1]]
    counts = read("\n".join(lines)).counts
    assert np.all(np.diff(np.sort(counts.start))[1:] == 15)
    in_order = counts.offered[np.argsort(counts.start)].tolist()
    first, second = ([1, 3, 5, 7], [2, 4, 6, 8]) if paired else ([1, 2, 3, 4], [5, 6, 7, 8])
    assert in_order == [100, 0, *first, *second, 9]


def test_an_hour_that_cannot_be_told_apart_is_refused_by_line() -> None:
    """One pass of the hour alone may be either: its line is named, or it is left out."""
    data = night(["00:45", "01:00", "01:15", "02:00"])
    with pytest.raises(UnclearHourError, match='"26/10/2025 01:00" comes twice') as caught:
        read(data)
    assert (caught.value.line, caught.value.column) == (4, "Start")
    given = read(data, doubled_hour="leave_out")
    assert given.counts.offered.tolist() == [100, 0, 3]
    assert given.skipped == {"of an hour that comes twice": 2}


def test_calls_of_the_hour_that_comes_twice() -> None:
    """A log in order of time turns back once: there the second pass begins."""
    times = ["00:59:10", "01:10:00", "01:50:00", "01:05:00", "01:55:00", "02:01:00"]
    rows = [f"{n},26/10/2025 {time},999" for n, time in enumerate(times)]
    given = told(read("\n".join(["Call ID,Start Time,Queue", *rows])))
    assert {time for _, time in given} == {
        "25 23:45", "26 00:00", "26 00:45", "26 01:00", "26 01:45", "26 02:00",
    }  # fmt: skip


def test_the_hour_that_is_skipped() -> None:
    """A zero line of an hour that never was is left out; one with calls is refused."""
    skipped = "Start,Queue,Offered\n29/03/2026 00:45,999,4\n29/03/2026 01:00,999,{}\n"
    given = read(skipped.format(0) + "29/03/2026 02:00,999,5")
    assert told(given).keys() == {("999", "29 00:45"), ("999", "29 01:00")}
    assert given.skipped == {"of an hour that the clocks skip": 1}
    with pytest.raises(InputError, match="choose UTC") as caught:
        read(skipped.format(3))
    assert caught.value.line == 3
    assert len(read(skipped.format(3), clock="UTC").counts) == 2


@pytest.mark.parametrize(
    ("row", "line", "column", "words"),
    [
        ("13/01/2026 25:15,999,4,3:00", 3, "Start", '"13/01/2026 25:15" is not a date'),
        ("13/01/2026 24:00,999,4,3:00", 3, "Start", "is not a time"),
        ("13/01/2026 08:07,999,4,3:00", 3, "Start", "is not on a quarter hour"),
        ("13/01/2026 08:15,999,-4,3:00", 3, "Offered", '"-4" is negative'),
        ("13/01/2026 08:15,999,4.5,3:00", 3, "Offered", '"4.5" is not a whole number'),
        ("13/01/2026 08:15,999,1e9,3:00", 3, "Offered", '"1e9" is not a number of calls'),
        ("13/01/2026 08:15,999,99999999,3:00", 3, "Offered", "more calls than can be meant"),
        ("13/01/2026 08:15,999,4,soon", 3, "Avg Handle Time", '"soon" is not a duration'),
        ("13/01/2026 08:15,,4,3:00", None, None, None),
        ("13/01/2026 08:00,999,5,3:00", 3, "Start", "stands on line 2 already"),
        ("13/01/2026 08:15,999,4,3:00,more", 3, None, "5 columns where the header has 4"),
    ],
)
def test_what_cannot_be_read_is_named(
    row: str, line: int | None, column: str | None, words: str | None
) -> None:
    """Line, column and text of the first fault are told."""
    mapping = ColumnMapping(
        "Start",
        (Measure("Offered", "offered"), Measure("Avg Handle Time", "average_handled_seconds")),
        LONDON,
        queue="Queue",
        day_order="dmy",
    )
    head = "Start,Queue,Offered,Avg Handle Time\n13/01/2026 08:00,999,4,3:20\n"
    if words is None:
        sheet = read_sheet((head + row).encode(), "calls.csv")
        assert len(read_counts(sheet, mapping).counts) == 2
        return
    with pytest.raises(InputError, match=words.replace("(", r"\(")) as caught:
        read_counts(read_sheet((head + row).encode(), "calls.csv"), mapping)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"one\ntwo\n", "no columns"),
        (b"Start,Queue,Offered\n", "a header and no rows"),
        (b"\x1f\x8bbroken", "damaged or cut off"),
        (b"Start,Queue\n\x81\x8d,1\n", "is no text"),
        (b"Start,Queue,Offered\n1\x00,2,3\n", "is no text"),
        (b"Queue,Offered\n999,4\n101,5\n", "No column looks like a date"),
        (b"Date,Queue,Offered\n2026-01-13,999,4\n", "No column looks like a time of day"),
        (b"Start,Queue,Agent\n2026-01-13 08:00,999,Sam\n", "No column looks like calls offered"),
    ],
)
def test_a_file_that_is_no_export_is_refused(data: bytes, words: str) -> None:
    """One sentence says what is missing."""
    with pytest.raises(InputError, match=words):
        read(data)


def test_lines_that_say_the_same_again_count_once() -> None:
    """A repeated line is left out and told as a warning."""
    given = read("Start,Queue,Offered\n" + "2026-01-13 08:00,999,4\n" * 2)
    assert told(given) == {("999", "13 08:00"): (4, None, None, None)}
    assert given.warnings == ("1 line told again what stands above; each interval counts once.",)


def test_queues_take_our_names_and_may_be_joined_or_left_out() -> None:
    """Two of the file's queues may be one of ours, and one may be nobody's."""
    text = "Start,Queue,Offered\n" + "".join(
        f"2026-01-13 08:00,{name},{calls}\n" for name, calls in (("A", 4), ("B", 5), ("C", 6))
    )
    given = read(text, names={"A": "999", "B": "999", "C": None})
    assert told(given) == {("999", "13 08:00"): (9, None, None, None)}
    assert given.skipped == {"of queues that are left out": 1}


def test_an_interval_may_be_named_by_its_end() -> None:
    """The end of an interval, midnight as 24:00 among them, gives its beginning."""
    text = "Date,Interval End,Queue,Offered\n13/01/2026,23:45,999,4\n13/01/2026,24:00,999,5\n"
    assert told(read(text)).keys() == {("999", "13 23:30"), ("999", "13 23:45")}


@pytest.mark.parametrize(
    ("dates", "zone", "day", "why"),
    [
        (["13/01/2026"], LONDON, "13", "can be nothing else"),
        (["01/13/2026"], LONDON, "13", "can be nothing else"),
        (["01/02/2026", "02/02/2026", "03/02/2026"], "America/Chicago", "01", "follow one another"),
        (["01/02/2026"], LONDON, "01", "nothing in the file shows it"),
        (["01/02/2026"], "America/Chicago", "02", "nothing in the file shows it"),
    ],
)
def test_the_order_of_a_date_is_told_with_its_evidence(
    dates: list[str], zone: str, day: str, why: str
) -> None:
    """Day or month first is shown by the file where it can be, and assumed aloud where not."""
    rows = [f"{date} 12:00,999,4" for date in dates]
    sheet = read_sheet("\n".join(["Start,Queue,Offered", *rows]).encode(), "calls.csv")
    guess = guess_mapping(sheet, zone)
    assert any(why in words for words in guess.assumed)
    assert read_counts(sheet, guess.mapping).sample[0].start.strftime("%d") == day


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2068, 12, 31)),  # noqa: DTZ001
    st.sampled_from(
        [("%d/%m/%Y %H:%M", "dmy"), ("%m/%d/%y %I:%M %p", "mdy"), ("%Y-%m-%dT%H:%M", "ymd"),
         ("%d-%b-%Y %H.%M", "dmy"), ("%d.%m.%Y, %H:%M:00", "dmy"), ("%b %d, %Y %H:%M", "mdy"),
         ("%Y%m%d %H:%M", "ymd"), ("%a %d/%m/%Y %H:%M", "dmy")]
    ),
)  # fmt: skip
def test_times_are_read_in_any_of_their_forms(moment: datetime, form: tuple[str, str]) -> None:
    """What is written in a form is read back in it."""
    if "%y" in form[0] and moment.year < 2000:
        moment = moment.replace(year=2000 + moment.year % 69)
    found = parse_moment(moment.strftime(form[0]), form[1])  # type: ignore[arg-type]
    assert found is not None
    assert found.day == (moment.date() - datetime(1970, 1, 1).date()).days  # noqa: DTZ001
    assert found.minute == moment.hour * 60 + moment.minute


@pytest.mark.parametrize(
    ("text", "minute"),
    [("8", 480), ("0815", 495), ("815", 495), ("08:15-08:30", 495), ("8:15 pm", 1215),
     ("12:00 AM", 0), ("24:00", 1440), ("25:15", None), ("8:60", None), ("13:00 pm", None)],
)  # fmt: skip
def test_a_time_of_day(text: str, minute: int | None) -> None:
    """A time of day is read, or is none."""
    found = parse_time(text)
    assert (found.minute if found else None) == minute


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [("1,234", ".", 1234), ("1.234", ",", 1234), ("1 234,5", ",", 1234.5), ("1,23", ".", None),
     ("12.5", ".", 12.5), ("1e3", ".", None), ("inf", ".", None), ("5%", ".", None)],
)  # fmt: skip
def test_a_number(text: str, decimal: str, value: float | None) -> None:
    """Thousands are grouped by three or not at all."""
    assert parse_number(text, decimal) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:03:20", 200),
        ("3:20", 200),
        ("200", 200),
        ("61:00", 3660),
        ("3:99", None),
        ("9" * 5000 + ":00:00", None),
    ],
)
def test_a_duration(text: str, seconds: float | None) -> None:
    """Durations are clocks or seconds."""
    assert parse_seconds(text, ".", "seconds") == seconds


@pytest.mark.parametrize("zone", ["", "Mars/Phobos", "dateutil/Europe/London", "tzlocal()", "/etc"])
def test_only_an_iana_time_zone_is_a_clock(zone: str) -> None:
    """Nothing else is looked up, and an empty name is no zone."""
    with pytest.raises(InputError, match="is not a time zone"):
        check_clock(zone)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    """Nothing that is sent makes anything but an error of ours."""
    for sent in (data, b"Start,Queue,Offered\n2026-01-13 08:00,999,4\n" + data):
        try:
            said = str(read(sent).counts.queues)
        except InputError as error:
            said = error.message
        assert said


def in_time(given: Read) -> list[float] | None:
    """Calls answered in time of each row; None where no row tells."""
    found = given.counts.answered_in_time
    return None if found is None else [float(each) for each in found]


HEAD = "Interval Start,Queue,Calls Offered,Calls Answered"
ROWS = ("2025-10-23 08:00,999,40,38", "2025-10-23 08:15,999,20,20", "2025-10-23 08:30,999,0,0")


def table(header: str, *cells: str) -> str:
    """A report with one column more."""
    return "\n".join([f"{HEAD},{header}", *map(",".join, zip(ROWS, cells, strict=True))])


@pytest.mark.parametrize(
    "header",
    ["Answered Within SL", "Calls Answered in 10 sec", "Answered <10s", "Service Level Calls",
     "Answered within target", "Handled in service level", "CallsAnsweredWithinThreshold",
     "SLA Met Calls"],
)  # fmt: skip
def test_a_count_of_calls_answered_in_time(header: str) -> None:
    """Makes name the column differently; it is counted, and calls answered are still found."""
    given = read(table(header, "36", "20", "0"))
    assert in_time(given) == [36, 20, 0]
    assert given.counts.answered is not None
    assert list(given.counts.answered) == [38, 20, 0]


@pytest.mark.parametrize(
    ("header", "cells", "calls"),
    [
        ("Service Level %", ("90", "95.0", "100"), [36, 19, 0]),
        ("% Answ Within 10s", ("90 %", "95%", "0%"), [36, 19, 0]),
        ("SL", ("90.0%", "100%", "-"), [36, 20, 0]),
        ("Service level (pct)", ("0.9", "1", "0"), [36, 20, 0]),
        ("% in SL of answered", ("94.74", "100", "0"), [36, 20, 0]),
        ("Percentage of calls answered within service level", ("90", "50", "0"), [36, 10, 0]),
    ],
)
def test_a_share_of_calls_answered_in_time(
    header: str, cells: tuple[str, ...], calls: list[float]
) -> None:
    """Per cent, with its sign or not, and shares of one become whole calls of their base."""
    if "-" in cells:
        cells = tuple("0%" if cell == "-" else cell for cell in cells)
    assert in_time(read(table(header, *cells))) == calls


def test_the_base_of_a_share_is_said_where_it_is_assumed() -> None:
    """A service level that names no base is taken of the calls offered, and that is told."""
    sheet = read_sheet(table("Service Level %", "90", "95", "100").encode(), "calls.csv")
    assert '"Service Level %" is taken as a share of the calls offered.' in (
        guess_mapping(sheet, LONDON).assumed
    )


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("SL Target", ("90", "90", "90")),
        ("Abandoned within SL", ("1", "0", "0")),
        ("Service Level", ("20", "20", "20")),
        ("Service Level Calls Offered", ("39", "20", "0")),
        ("% Abandoned", ("2%", "0%", "0%")),
        ("Average answer within target", ("4", "5", "0")),
    ],
)
def test_what_does_not_count_calls_answered_in_time(header: str, cells: tuple[str, ...]) -> None:
    """Targets, seconds, abandonment and other bases are left alone."""
    assert in_time(read(table(header, *cells))) is None


def test_a_share_beyond_all_calls_is_refused() -> None:
    """More than 100 per cent, and what is no share, is named by its line."""
    with pytest.raises(InputError, match="is more than all of the calls") as error:
        read(table("Service Level %", "90", "101", "100"))
    assert error.value.line == 3
    with pytest.raises(InputError, match="is not a share"):
        read(table("Service Level %", "90", "high", "100"))


def test_queues_with_columns_of_their_own_tell_it_too() -> None:
    """A header that joins a queue and "answered in time" belongs to that queue."""
    given = read(
        "Date,Time,999 Offered,999 Answered Within SL,101 Offered,101 Answered Within SL\n"
        "2025-10-23,08:00,10,9,30,21\n2025-10-23,08:15,8,8,28,14"
    )
    assert given.counts.queues == ("999", "101")
    assert in_time(given) == [9, 8, 21, 14]


def test_a_log_may_mark_calls_answered_in_time() -> None:
    """A column of yes and no, chosen as answered in time, is summed to intervals."""
    data = (
        "Call ID,Arrival Time,Queue,In target\n1,2025-10-23 08:01:10,999,yes\n"
        "2,2025-10-23 08:05:00,999,no\n3,2025-10-23 08:16:00,999,Within target\n"
    )
    measures = (Measure("In target", "answered_in_time"),)
    assert in_time(read(data, measures=measures)) == [1, 1]
