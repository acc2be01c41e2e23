"""A person's own terms: what they cannot do, and until when, by page, by HTTP and by file."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import InvalidInput
from app.people import service as people
from app.people.service import Counts, PastShift, Term
from tests.app.callers import Staffed, signed_in
from tests.app.people.rooms import Small, details, small_force
from tests.app.people.test_pages import hidden, words

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
TERMS = """number,from,until,term,weekdays,value
101,2026-01-01,2026-03-01,time,,23:00 - 06:00
101,2026-01-01,,free,"tue, Mon",
101,2026-01-01,,skill,,calls
101,2026-01-01,,opt_out,,14
101,2026-01-01,,week_hours,,20.0
"""


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test."""
    with database.write() as transaction:
        yield transaction


@pytest.fixture
def small(transaction: Transaction) -> Small:
    """The small force, with one officer in its first room."""
    force = small_force(transaction)
    people.add_officer(transaction, force.room.id, details("101"))
    return force


def test_no_field_of_a_term_could_hold_a_reason() -> None:
    """What is kept is what somebody cannot do and until when: nothing else can be said."""
    fields = {each.name for each in dataclasses.fields(Term)}
    assert fields == {"what", "from_day", "until_day", "weekdays", "value"}


def test_terms_come_by_file_and_twice_change_nothing(
    transaction: Transaction, small: Small
) -> None:
    """A file tells all terms of those whom it names, in whichever form they were written."""
    files = {"terms.csv": TERMS}
    for changed in (Counts(5, 0, 0, 0), Counts(0, 0, 0, 5)):
        plan = people.plan_import(transaction, small.room.id, files)
        assert plan.refused == ()
        assert plan.counts == {"term": changed}
        people.apply_import(transaction, small.room.id, files, plan.fingerprint)
    ((_, own),) = people.terms_of(transaction, small.room.id).items()
    assert set(own) == {
        Term("time", JANUARY, MARCH, "", "23:00-06:00"),
        Term("free", JANUARY, None, "Mon Tue"),
        Term("skill", JANUARY, None, "", "calls"),
        Term("opt_out", JANUARY, None, "", "14"),
        Term("week_hours", JANUARY, None, "", "20"),
    }
    fewer = {"terms.csv": "".join(TERMS.splitlines(keepends=True)[:2])}
    assert people.plan_import(transaction, small.room.id, fewer).counts["term"].ended == 4


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("101,2026-01-01,,nights,,", "line 2, term: Give free or time or"),
        ("101,2026-01-01,,time,,at night", "line 2, value: Give a time of day such as 23:00"),
        ("101,2026-01-01,,shift_hours,,8.1", "line 2, value: Give hours such as 7.5, 1 to 48"),
        ("101,2026-01-01,,week_hours,,1e999999", "line 2, value: Give hours"),
        ("101,2026-01-01,,opt_out,,3", "line 2, value: Give the days of notice that end it, 7"),
        ("101,2026-01-01,,skill,,tea", "line 2, value: The force has no such skill."),
        ("101,2026-01-01,,skill,Mon,calls", "line 2, weekdays: This holds on every day"),
        ("101,2026-01-01,,free,Someday,", "line 2, weekdays: Give weekdays such as Mon Tue"),
        ("101,2026-01-01,,free,,why not", "line 2, value: Nothing is to be said here"),
        ("101,2026-01-01,2026-01-01,free,,", "line 2, until: Give a day after the first."),
        ("101,2026-01-01,,free,,\n101,2026-01-01,,free,,", "line 3, from: Line 2 of"),
        ("102,2026-01-01,,free,,", "line 2, number: The control room has no such officer."),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(
    transaction: Transaction, small: Small, row: str, said: str
) -> None:
    """A row that cannot be used is named with its column, and nothing is applied."""
    head = TERMS.splitlines()[0]
    files = {"terms.csv": f"{head}\n{row}\n"}
    plan = people.plan_import(transaction, small.room.id, files)
    assert any(said in str(each) for each in plan.refused), plan.refused
    with pytest.raises(InvalidInput):
        people.apply_import(transaction, small.room.id, files, plan.fingerprint)


def test_terms_are_changed_on_a_page_as_a_list(client: TestClient, force: Staffed) -> None:
    """Lines are begun with, kept, shown in words, and refused at the field that is wrong."""
    manager = signed_in(client, force.manager)
    place = f"/rooms/{force.room.id}/people/{force.rostered.id}"
    assert "Nothing that they cannot do is known." in manager.get(place).text
    form = manager.get(f"{place}/terms?add=young")
    assert 'value="22:00-06:00"' in form.text
    assert "never why" in form.text
    assert not re.search(r'name="(reason|why)', form.text)
    line = {"version": hidden(form, "version")}
    line |= {"what-0": "time", "value-0": "22:00-06:00", "weekdays-0": "", "from-0": "2026-01-01"}
    line |= {"what-1": "week_hours", "value-1": "many", "from-1": "2026-01-01"}
    line |= {"until-1": "2026-09-01", "what-2": "", "value-2": "left alone"}
    wrong = manager.post(f"{place}/terms", data=line)
    assert (wrong.status_code, 'id="e-value-1"' in wrong.text) == (422, True)
    assert manager.post(f"{place}/terms", data=line | {"value-1": "40"}).status_code == 303
    shown = words(manager.get(place))
    assert "No shift between 22:00 and 06:00 Thursday 1 January 2026 further notice" in shown
    assert "At most 40 hours in any 7 days Thursday 1 January 2026 Tuesday 1 Sept" in shown
    stale = manager.post(f"{place}/terms", data=line | {"value-1": "30"})
    assert (stale.status_code, "Most hours in 7 days 40" in words(stale)) == (412, True)


def test_terms_are_told_over_http_as_a_whole(client: TestClient, force: Staffed) -> None:
    """They are replaced under the version of the officer; reasons and unknown kinds are refused."""
    manager = signed_in(client, force.manager)
    place = f"/api/v1/rooms/{force.room.id}/officers/{force.rostered.id}"
    tag = manager.get(place).headers["ETag"]
    term = {"what": "kind", "from_day": "2026-01-01", "value": "night"}
    told = manager.put(f"{place}/terms", json={"terms": [term]}, headers={"If-Match": tag})
    assert told.status_code == 200
    assert told.json()["terms"] == [term | {"until_day": None, "weekdays": ""}]
    tag = told.headers["ETag"]
    unknown = term | {"value": "nights"}  # it would keep nobody from anything
    for wrong in (term | {"reason": "x"}, term | {"what": "mood"}, term | {"value": ""}, unknown):
        answer = manager.put(f"{place}/terms", json={"terms": [wrong]}, headers={"If-Match": tag})
        assert answer.status_code == 422, wrong
    twice = manager.put(f"{place}/terms", json={"terms": [term, term]}, headers={"If-Match": tag})
    assert [each["field"] for each in twice.json()["errors"]] == ["terms[1].from_day"]


def test_published_shifts_that_do_not_go_with_new_terms_are_told(
    client: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each shift ahead that a limit or a free day excludes is named; earlier ones are not."""
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    sam = force.rostered.id
    starts = [datetime(2026, 3, day, 22, tzinfo=UTC) for day in (1, 3, 4, 20)]
    nights = [PastShift(sam, at, at + timedelta(hours=8), "night", "N") for at in starts]
    own = [Term("time", JANUARY, date(2026, 3, 20), "", "23:00-06:00"), Term("free", JANUARY,
           None, "Wed")]  # fmt: skip
    with database.write() as transaction:
        span = people.Span(starts[0], starts[-1] + timedelta(days=1))
        people.set_history(transaction, force.room.id, "published", [sam], span, nights)
        people.set_terms(transaction, force.room.id, sam, own)
    manager = signed_in(client, force.manager)
    shown = words(manager.get(f"/rooms/{force.room.id}/people/{sam}"))
    told = re.findall(r"Sam Field (?:cannot work|has a free day on) (\w+ \d+ March)", shown)
    assert sorted(told) == ["Tuesday 3 March", "Wednesday 4 March", "Wednesday 4 March"]
    assert "Sam Field cannot work Tuesday 3 March 22:00 to 06:00: no time from 23:00" in shown


def test_an_opt_out_is_ended_by_its_notice(
    client: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told on 2 March with 14 days' notice it holds to 15 March; what has ended ends no more.

    Working Time Regulations 1998 reg 5: the worker may end it, by the notice agreed.
    """
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 2, 12, tzinfo=UTC))
    sam = force.rostered.id
    with database.write() as transaction:
        own = [Term("opt_out", JANUARY, None, "", "14"), Term("kind", JANUARY, None, "", "late")]
        people.set_terms(transaction, force.room.id, sam, own)
    manager = signed_in(client, force.manager)
    place = f"/rooms/{force.room.id}/people/{sam}"
    shown = manager.get(place)
    assert "it holds until Monday 16 March 2026." in shown.text
    act = {"version": hidden(shown, "version")}
    for version in ("7", act["version"]):
        ended = manager.post(f"{place}/terms/end-opt-out", data={"version": version})
        assert ended.status_code == 303
    with database.read() as reading:
        kept = people.terms_of(reading, force.room.id)[sam]
    assert set(kept) == {replace(own[0], until_day=date(2026, 3, 16)), own[1]}
    assert "End the agreement" not in manager.get(place).text
    again = manager.post(f"{place}/terms/end-opt-out", data=act | {"version": "3"})
    assert "goes on beyond its notice" in words(manager.get(again.headers["Location"]))
