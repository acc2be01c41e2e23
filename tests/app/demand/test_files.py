"""Files in: the effect is shown before the act, and what was mapped once is known again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database, Reading
from app.demand import service as demand
from app.errors import InvalidInput, NotFound
from forecasting.errors import InputError
from tests.app.demand.made import MONDAY, at, counts
from tests.app.people.rooms import small_force

REPORT = (Path(__file__).parent / "exports" / "skill_interval.csv").read_bytes()


def understand(
    reading: Reading, room_id: UUID, data: bytes, name: str, **how: Any
) -> demand.Understood:
    """A file as it is understood."""
    return demand.understand(reading, room_id, demand.open_file(data, name), **how)


def test_a_preview_says_what_would_change(database: Database) -> None:
    """New, revised, unchanged and gaps by queue are told, and nothing is kept."""
    with database.write() as transaction:
        room = small_force(transaction).room
        demand.receive(transaction, room.id, counts({("999", 0): 4, ("999", 1): 5}), "api", None)
    text = "Start,Queue,Offered\n" + "".join(
        f"2026-03-02 {time},{queue},{calls}\n"
        for time, queue, calls in (
            ("00:00", "999", 4), ("00:15", "999", 6), ("01:00", "999", 7), ("00:00", "101", 1),
        )
    )  # fmt: skip
    with database.read() as reading:
        understood = understand(reading, room.id, text.encode(), "calls.csv")
        assert demand.queues(reading, room.id)[0].name == "999"
    assert understood.preview.queues == (
        demand.QueueChange("101", True, 1, 0, 0, at(0), at(0), 0),
        demand.QueueChange("999", False, 1, 1, 1, at(0), at(4), 2),
    )
    with database.write() as transaction:
        demand.receive(transaction, room.id, understood.counts, "upload", None)
        again = understand(transaction, room.id, text.encode(), "calls.csv").preview
    assert [(each.new, each.revised, each.unchanged) for each in again.queues] == [
        (0, 0, 1),
        (0, 0, 3),
    ]


def test_a_queue_without_a_count_is_left_out(database: Database) -> None:
    """A queue that a file names and never counts changes nothing, and stops nothing."""
    text = "Start,Queue,Offered\n2026-03-02 00:00,999,4\n2026-03-02 00:15,999,6\n"
    with database.write() as transaction:
        room = small_force(transaction).room
        found = understand(transaction, room.id, f"{text}2026-03-02 00:00,101,\n".encode(), "c.csv")
        assert [each.queue for each in found.preview.queues] == ["999"]
        demand.receive(transaction, room.id, found.counts, "upload", None)
        assert [each.name for each in demand.queues(transaction, room.id)] == ["999"]


def test_a_file_that_cannot_be_read_names_itself(database: Database) -> None:
    """The sentence has file, line, column and text, and says that nothing was done."""
    with database.write() as transaction:
        room = small_force(transaction).room
        wrong = REPORT.replace(b",9,9,0,", b",9,nine,0,")
        with pytest.raises(InputError) as caught:
            understand(transaction, room.id, wrong, "calls.csv")
    assert str(caught.value) == (
        'calls.csv, line 7, column ACD Calls: "nine" is not a number of calls. '
        "Nothing was imported."
    )


def test_another_interval_length_is_told_of_the_file(database: Database) -> None:
    """Hours into a room of quarter hours are refused as a fault of the file."""
    with database.write() as transaction:
        room = small_force(transaction).room
        demand.receive(transaction, room.id, counts({("999", 0): 4}), "api", None)
        rows = [f"2026-01-{1 + n // 24:02} {n % 24:02}:00,999,{n}" for n in range(60)]
        text = "\n".join(["Start,Queue,Offered", *rows])
        with pytest.raises(InputError, match=r"calls.csv: These intervals are of 60 minutes"):
            understand(transaction, room.id, text.encode(), "calls.csv")


def test_a_saved_mapping_is_used_for_the_same_headers(database: Database) -> None:
    """A mapping that was saved is taken for files alike, by headers or by name, in its room."""
    with database.write() as transaction:
        small = small_force(transaction)
        room = small.room.id
        first = understand(transaction, room, REPORT, "calls.csv").preview
        chosen = replace(first.mapping, names={"999 Emergency": "999"}, clock="UTC")
        demand.save_mapping(transaction, room, "Exchange", first.headers, chosen)
        saved = demand.save_mapping(transaction, room, "Exchange", first.headers, chosen)
        again = understand(transaction, room, REPORT, "calls.csv").preview
        named = understand(transaction, room, REPORT, "x", saved="Exchange").preview
        other = understand(transaction, small.other_room.id, REPORT, "x").preview
        with pytest.raises(NotFound):
            understand(transaction, small.other_room.id, REPORT, "x", saved="Exchange")
    assert saved.version == 2
    assert (again.saved_as, again.mapping, again.assumed) == ("Exchange", chosen, ())
    assert named.mapping == chosen
    assert {each.queue for each in again.queues} == {"999", "101 Non-emergency"}
    assert (other.saved_as, other.mapping) == ("", first.mapping)


def test_an_hour_that_comes_once_is_left_out_by_a_guess(database: Database) -> None:
    """What a guess leaves out is said with its line; a mapping that was chosen is refused."""
    rows = [
        "26/10/2025 00:30,999,3",
        "26/10/2025 00:45,999,4",
        "26/10/2025 01:00,999,5",
        "26/10/2025 02:00,999,6",
    ]
    data = "\n".join(["Start,Queue,Offered", *rows]).encode()
    with database.write() as transaction:
        room = small_force(transaction).room.id
        preview = understand(transaction, room, data, "calls.csv").preview
        assert preview.mapping.doubled_hour == "leave_out"
        assert any(words.startswith('Line 4: "26/10/2025 01:00"') for words in preview.assumed)
        chosen = replace(preview.mapping, doubled_hour="by_order")
        with pytest.raises(InputError, match="comes twice"):
            understand(transaction, room, data, "calls.csv", mapping=chosen)


def test_a_preview_warns(database: Database) -> None:
    """The future, a handling time that would be lost and a day out of line are pointed out."""
    weeks = [f"{at(96 * day):%Y-%m-%d %H:%M},999,{20 if day != 35 else 90}" for day in range(49)]
    late = (MONDAY + timedelta(days=48, minutes=15)).strftime("%Y-%m-%d %H:%M")
    data = "\n".join(["Start,Queue,Offered", *weeks, f"{late},999,3"]).encode()
    with database.write() as transaction, clock.stopped_at(at(96 * 48 - 8)):
        room = small_force(transaction).room.id
        known = counts({("999", 0): 19}, handled={("999", 0): 700})
        demand.receive(transaction, room, known, "api", None)
        warnings = understand(transaction, room, data, "calls.csv").preview.warnings
    assert warnings == (
        "The file reaches 2 intervals into the future.",
        "The file would take away the handling time of 1 interval.",
        "999, 2026-04-06: 90 calls, where Mondays have about 20.",
    )


def test_a_file_waits_for_who_sent_it(database: Database) -> None:
    """Only the sender, in that room, within a day, can confirm a file; then it is forgotten."""
    manager = uuid4()
    with database.write() as transaction:
        small = small_force(transaction)
        room = small.room.id
        with clock.stopped_at(MONDAY):
            sent = demand.keep_upload(transaction, room, manager, REPORT, "calls.csv")
        found = demand.upload(transaction, room, manager, sent.id)
        whole = understand(transaction, room, REPORT, "x").preview
        assert understand(transaction, room, found.data, "x").preview == whole
        for place, by in ((room, uuid4()), (small.other_room.id, manager)):
            with pytest.raises(NotFound):
                demand.upload(transaction, place, by, sent.id)
        with clock.stopped_at(MONDAY + timedelta(days=1, minutes=1)):
            other = demand.keep_upload(transaction, room, manager, REPORT, "calls.csv")
        with pytest.raises(NotFound):
            demand.upload(transaction, room, manager, sent.id)
        demand.drop_upload(transaction, other)
        with pytest.raises(NotFound):
            demand.upload(transaction, room, manager, other.id)


def kept_days(days: int, calls: float = 5.0) -> dict[tuple[str, int], float]:
    """Counts of one queue for whole days from `MONDAY`, which London keeps as UTC."""
    return {("999", quarter): calls for quarter in range(96 * days)}


def test_quality_finds_what_is_missing_and_unusual(database: Database) -> None:
    """Quarter hours that were not counted, and a day far from its like, are named by day."""
    calls = kept_days(26)
    for quarter in range(96 * 20 + 8, 96 * 20 + 22):
        del calls["999", quarter]
    calls |= {("999", quarter): 12 for quarter in range(96 * 22, 96 * 23)}
    with database.write() as transaction:
        room = small_force(transaction).room.id
        demand.receive(transaction, room, counts(calls), "api", None)
        found = demand.quality(transaction, room, date(2026, 3, 20), 30)
        everything = demand.quality(transaction, room, date(2026, 3, 2), 1)
        with pytest.raises(InvalidInput):
            demand.quality(transaction, room, date(2026, 3, 2), 10_000)
    by_day = {each.day.day: each for each in found}
    assert sorted(by_day) == list(range(20, 28))
    assert (by_day[22].expected, by_day[22].missing) == (96, 14)
    assert by_day[24].unusual == "1,152 calls, where Tuesdays have about 480."
    assert [each for each in found if each.missing and each.day.day != 22] == []
    assert [each.unusual for each in found if each.day.day != 24] == [""] * 7
    assert [each.day for each in everything] == [date(2026, 3, 2)]


def test_a_closed_slot_is_not_missed(database: Database) -> None:
    """A queue that is open by day has nothing missing at night."""
    calls = {key: n for key, n in kept_days(21).items() if 32 <= key[1] % 96 < 72}
    with database.write() as transaction:
        room = small_force(transaction).room.id
        demand.receive(transaction, room, counts(calls), "api", None)
        found = demand.quality(transaction, room, date(2026, 3, 2), 21)
    assert {(each.expected, each.missing) for each in found} == {(40, 0)}


def test_a_day_of_a_clock_change_has_its_own_length(database: Database) -> None:
    """The last Sunday of March has 92 quarter hours in London."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        demand.receive(transaction, room, counts(kept_days(35)), "api", None)
        found = demand.quality(transaction, room, date(2026, 3, 29), 1)
    assert (found[0].expected, found[0].missing) == (92, 0)


def test_answered_and_abandoned_must_make_the_offered(database: Database) -> None:
    """A day whose parts differ from the whole by more than a twentieth is said to disagree."""
    given = counts(kept_days(2, 10.0))
    parts = replace(
        given,
        answered=np.where(np.arange(192) < 96, 9.0, 8.0),
        abandoned=np.ones(192),
    )
    with database.write() as transaction:
        room = small_force(transaction).room.id
        demand.receive(transaction, room, parts, "api", None)
        found = demand.quality(transaction, room, date(2026, 3, 2), 2)
    assert [each.disagreeing for each in found] == [0, 96]


def test_more_answered_in_time_than_answered_is_doubtful(database: Database) -> None:
    """A day on which more calls were answered in time than at all says by how many."""
    given = counts(kept_days(2, 10.0))
    parts = replace(
        given,
        answered=np.full(192, 9.0),
        answered_in_time=np.where(np.arange(192) < 2, 11.0, 8.0),
    )
    with database.write() as transaction:
        room = small_force(transaction).room.id
        demand.receive(transaction, room, parts, "api", None)
        found = demand.quality(transaction, room, date(2026, 3, 2), 2)
    assert [each.beyond_answered for each in found] == [4, 0]


def test_a_file_without_what_was_known_is_warned_of(database: Database) -> None:
    """A file that would take away calls answered in time is said to, before it is kept."""
    given = counts({("999", 0): 4, ("999", 1): 5})
    text = "Start,Queue,Offered\n2026-03-02 00:00,999,4\n2026-03-02 00:15,999,5\n"
    with database.write() as transaction:
        room = small_force(transaction).room
        told = replace(given, answered_in_time=np.array([3.0, 4.0]))
        demand.receive(transaction, room.id, told, "api", None)
        warned = understand(transaction, room.id, text.encode(), "calls.csv").preview.warnings
    assert warned == ("The file would take away the calls answered in time of 2 intervals.",)
