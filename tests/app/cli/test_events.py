"""The events file: every way of saying dates, hours and effects, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.cli import run
from app.cli.events import events_of
from forecasting.event_file import document_of, event_of, events_toml
from forecasting.events import Event, Given, LikeLast, NthWeekday, Stated, Yearly

WHOLE = """
["Bonfire night"]
month = 11
day = 5
from = "17:00"
until = "01:00"
effect = 20

["Carnival"]
month = 8
weekday = "Monday"
nth = -1
days = 2
effect = "like last time"

["School holidays"]
dates = [["2025-07-23", "2025-09-01"], "2025-10-27"]
since = "2025-09-01"
last = "2026-09-01"
queues = ["999", "101"]
"""


def test_every_way_of_saying_an_event_is_read(tmp_path: Path) -> None:
    """A yearly date with hours past midnight, a last weekday, spans and single dates."""
    path = tmp_path / "events.toml"
    path.write_text(WHOLE)
    day = dt.date(2025, 10, 27)
    assert events_of(str(path)) == (
        Event("Bonfire night", Yearly(11, 5), 17 * 60, 8 * 60, Stated(20)),
        Event("Carnival", NthWeekday(8, 0, -1, 2), effect=LikeLast()),
        Event(
            "School holidays",
            Given(((dt.date(2025, 7, 23), dt.date(2025, 9, 1)), (day, day))),
            since=dt.date(2025, 9, 1),
            last=dt.date(2026, 9, 1),
            queues=("101", "999"),
        ),
    )
    assert events_of(None) == ()


def test_the_file_of_a_calendar_is_read_as_the_same_events(tmp_path: Path) -> None:
    """What is written of events, odd names among them, comes back event by event."""
    path = tmp_path / "events.toml"
    path.write_text(WHOLE)
    odd = Event('Tyne "derby" \\ \x7f [999]', Yearly(2, 29, 3), 90, 45, Stated(-12.5))
    events = (*events_of(str(path)), odd)
    path.write_text(events_toml(events))
    assert events_of(str(path)) == events
    assert tuple(event_of(each.name, document_of(each)) for each in events) == events
    assert not events_toml(())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[x]\nmonth = 2\nday = 30", "x: Day 30 of month 2"),
        ("[x]\nmonth = 2", "x: An event needs month and day"),
        ('[x]\ndates = ["2025-02-03"]\ndays = 2', "x: An event needs"),
        ('[x]\ndates = [["2025-02-03"]]', "dates[0]: Give a date"),
        ('[x]\nmonth = 2\nday = 3\neffect = "big"', "x.effect"),
        ("[x]\nmonth = 2\nday = 3\neffect = 5000", "x.effect"),
        ('[x]\nmonth = 2\nday = 3\nfrom = "25:00"', "x.from"),
        ("[x]\nmonth = 2\nday = 3\ncolour = 1", "colour"),
        ('[x]\nmonth = 2\nday = 3\nlast = "never"', "x.last"),
        ('[x]\nmonth = 2\nday = 3\nsince = "2025-01-01"\nlast = "2024-01-01"', "ends on 2024-01"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_its_place(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command leaves with 2 and one line that names the event and the field."""
    path = tmp_path / "events.toml"
    path.write_text(text)
    counts = tmp_path / "calls.csv"
    counts.write_text("interval_start,queue,offered\n")
    assert run(["backtest", str(counts), "--events", str(path)]) == 2
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1
    assert words in said.err
    assert str(path) in said.err


def test_an_event_of_a_queue_that_has_no_counts_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the name of a queue would silently lose the event."""
    counts, events = tmp_path / "calls.csv", tmp_path / "events.toml"
    rows = [f"2025-03-01T{hour:02}:00:00Z,999,12\n" for hour in range(24)]
    counts.write_text("interval_start,queue,offered\n" + "".join(rows))
    events.write_text('["Match"]\nmonth = 3\nday = 2\nqueues = ["99"]\n')
    command = ["forecast", str(counts), "--from", "2025-03-02T00:00:00Z", "--days", "1"]
    assert run([*command, "--events", str(events), "--out", str(tmp_path / "out.csv")]) == 2
    assert "The counts have no queue called" in capsys.readouterr().err


def test_a_stated_effect_is_in_the_forecast(tmp_path: Path) -> None:
    """Twice the calls from 18:00 to 20:00 on a day stand in the file, and nowhere else."""
    rows = [
        f"2025-0{3 + day // 28}-{day % 28 + 1:02}T{hour:02}:00:00Z,999,12\n"
        for day in range(28)
        for hour in range(24)
    ]
    counts, events = tmp_path / "calls.csv", tmp_path / "events.toml"
    counts.write_text("interval_start,queue,offered\n" + "".join(rows))
    events.write_text(
        '["Match"]\ndates = ["2025-03-29"]\nfrom = "18:00"\nuntil = "20:00"\neffect = 100\n'
    )
    out = tmp_path / "out.csv"
    command = ["forecast", str(counts), "--from", "2025-03-29T00:00:00Z", "--days", "1"]
    assert run([*command, "--events", str(events), "--out", str(out)]) == 0
    means = [float(line.split(",")[2]) for line in out.read_text().splitlines()[1:]]
    lifted = [hour for hour, mean in enumerate(means) if mean > 20]
    assert lifted == [18, 19]
