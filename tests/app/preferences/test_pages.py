"""The pages of wishes: an officer's own on a phone, a manager's rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app import clock
from app.db.transaction import Database
from app.people import service as people
from app.preferences import service as preferences
from app.preferences.service import KINDS, Outcome, Round, Wish, WishDetails
from app.preferences.views.one_day import CHOICES, KEEP, choice_of, chosen, wish_words
from tests.app.callers import Staffed, signed_in
from tests.app.preferences.asking import AFTER, BEFORE, JANUARY, off


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    """It is a week before wishes close."""
    with clock.stopped_at(BEFORE):
        yield


@pytest.fixture
def officer(client: TestClient, force: Staffed) -> TestClient:
    """A browser in which the officer is signed in."""
    return signed_in(client, force.officer)


@pytest.fixture
def asked(database: Database, force: Staffed) -> Round:
    """A round of the first room."""
    with database.write() as transaction:
        return preferences.open_round(transaction, force.room.id, JANUARY)


def words(answer: Response) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<[^>]*>", " ", answer.text)
    return re.sub(r"\s+", " ", text)


def kept(database: Database, force: Staffed) -> tuple[Wish, ...]:
    """The officer's wishes."""
    with database.read() as reading:
        return preferences.wishes_of(reading, force.room.id, force.rostered.id)


def state(database: Database, force: Staffed, asked: Round, details: WishDetails) -> Wish:
    """A wish of the officer."""
    with database.write() as transaction:
        return preferences.state_wish(
            transaction, force.room.id, force.rostered.id, asked.id, details
        )


def test_without_a_round_the_page_says_so(officer: TestClient, manager: TestClient) -> None:
    """Both sides say what is missing and what comes next."""
    assert "No wishes are asked for" in words(officer.get("/my/wishes"))


@pytest.mark.parametrize(
    ("sent", "asked_again", "said"),
    [
        ("day=", "Which day is it about?", "Give a day, such as 16 January 2027."),
        ("day=2027-01-16&what=", "What do you wish for", "Choose one of these."),
    ],
)
def test_going_on_without_an_answer_is_told(
    officer: TestClient, asked: Round, sent: str, asked_again: str, said: str
) -> None:
    """A page of the three that is sent empty comes back with what it wants."""
    answer = officer.get(f"/my/wishes/new?round={asked.id}&{sent}")
    assert answer.status_code == 422
    assert asked_again in words(answer)
    assert said in words(answer)
    chosen_one = officer.get(f"/my/wishes/new?round={asked.id}&day=2027-01-16&what=&what=off")
    assert "How many points?" in words(chosen_one)


def test_a_wish_is_said_one_thing_a_page(
    officer: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """Day, then what, then points; then it stands on the page, and the budget has moved."""
    start = f"/my/wishes/new?round={asked.id}"
    assert "Which day is it about?" in words(officer.get(start))
    second = officer.get(f"{start}&day=2027-01-16")
    assert "What do you wish for on Saturday 16 January?" in words(second)
    third = officer.get(f"{start}&day=2027-01-16&what=off")
    assert "You wish for Saturday 16 January off." in words(third)
    assert "How many points?" in words(third)
    form = {"round": str(asked.id), "day": "2027-01-16", "what": "off", "points": "5"}
    done = officer.post("/my/wishes", data=form)
    assert (done.status_code, done.headers["location"]) == (303, "/my/wishes")
    (wish,) = kept(database, force)
    assert wish.details == off(16)
    page = words(officer.get("/my/wishes"))
    for said in (
        "4 to 31 January 2027",
        "Closes Sunday 29 November, 23:59. You are told by Thursday 3 December.",
        "9 days left",
        "5 of 20 points used",
        "Saturday 16 January off",
        "Nobody else asks for that day off.",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("query", "words_of_fault"),
    [
        ("day=16.1.", "Give a day, such as"),
        ("day=2027-02-01", "Give a day of the period."),
        ("day=2027-01-09", "You have a wish for that day"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_once(
    officer: TestClient,
    database: Database,
    force: Staffed,
    asked: Round,
    query: str,
    words_of_fault: str,
) -> None:
    """The first of the three pages stays, with its error."""
    state(database, force, asked, off(9))
    answer = officer.get(f"/my/wishes/new?round={asked.id}&{query}")
    assert answer.status_code == 422
    assert words_of_fault in words(answer)


@pytest.mark.parametrize(
    ("change", "words_of_fault"),
    [
        ({"points": "11"}, "Give 1 to 10 points."),
        ({"points": ""}, "Give 1 to 10 points."),
        ({"points": "5"}, "0 left. Take some from another wish."),
        ({"what": "evening"}, "Choose one of these."),
        ({"day": "2027-01-09"}, "There is already a wish for Saturday 9 January"),
        ({"day": "no day"}, "Give a day of the period"),
    ],
)
def test_what_is_wrong_is_said_where_it_was_said(
    officer: TestClient,
    database: Database,
    force: Staffed,
    asked: Round,
    change: dict[str, str],
    words_of_fault: str,
) -> None:
    """The form comes again with its error, nothing is kept."""
    for day in (9, 10):
        state(database, force, asked, off(day, 10))
    form = {"round": str(asked.id), "day": "2027-01-16", "what": "off", "points": "5"} | change
    answer = officer.post("/my/wishes", data=form)
    assert answer.status_code == 422
    assert words_of_fault in words(answer)
    assert len(kept(database, force)) == 2


def test_a_wish_is_changed_and_withdrawn_and_comes_back(
    officer: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """Changed from the version that was shown; withdrawn with an undo that puts it back."""
    wish = state(database, force, asked, off(9))
    place = f"/my/wishes/{wish.id}"
    assert "20 are free for this wish" in words(officer.get(f"{place}/change"))
    form = {"version": "1", "what": "not-night", "points": "3"}
    assert officer.post(place, data=form).status_code == 303
    stale = officer.post(place, data=form)
    assert stale.status_code == 412
    assert "Somebody changed this wish meanwhile" in words(stale)
    assert officer.post(place, data=form | {"version": "2", "points": "x"}).status_code == 422
    (changed,) = kept(database, force)
    assert (changed.kinds, changed.wants, changed.points) == (("night",), False, 3)
    beyond = {"version": str(2**63)}
    assert officer.post(place, data=form | beyond).status_code == 422
    assert officer.post(f"{place}/withdraw", data=beyond).status_code == 422
    gone = officer.post(f"{place}/withdraw", data={"version": "2"})
    assert kept(database, force) == ()
    page = officer.get(gone.headers["location"])
    assert "Withdrawn: no night on Saturday 9 January" in words(page)
    undo = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    assert officer.post("/my/wishes", data=dict(undo)).status_code == 303
    (back,) = kept(database, force)
    assert back.details == changed.details
    assert "Undo" not in words(officer.get(gone.headers["location"]))


def test_after_the_deadline_it_is_read_only(
    client: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """No button is left, and the page says when officers are told."""
    state(database, force, asked, off(9))
    with clock.stopped_at(AFTER):
        officer = signed_in(client, force.officer)
        page = officer.get("/my/wishes")
        assert "nothing can be changed now. You are told by Thursday 3 December." in words(page)
        for gone in ("Withdraw", "Add a wish", "Change"):
            assert gone not in words(page)
        form = {"round": str(asked.id), "day": "2027-01-16", "what": "off", "points": "5"}
        late = officer.post("/my/wishes", data=form)
        assert "closed on Sunday 29 November at 23:59" in words(late)


def test_what_came_of_wishes_is_told_with_the_reason(
    officer: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """Met and not met are marked; Why not says wish, result, the shift instead, and the reason."""
    met, unmet = (state(database, force, asked, off(day)) for day in (9, 10))
    reason = "The 999 desk would have been one person short for 6 hours."
    told = {
        met.id: Outcome(uuid4(), met=True, words=""),
        unmet.id: Outcome(uuid4(), met=False, words=reason),
    }
    with database.write() as transaction:
        preferences.record_outcomes(transaction, force.room.id, told)
    page = words(officer.get("/my/wishes"))
    assert re.search(r"Saturday 9 January off 5 points Met", page)
    assert re.search(r"Sunday 10 January off 5 points Not met Why not\?", page)
    assert "You are off that day." in words(officer.get(f"/my/wishes/{unmet.id}"))
    begin = datetime(2027, 1, 9, 22, tzinfo=UTC)
    nights = [
        people.PastShift(force.rostered.id, start, start + timedelta(hours=9), "night", "N")
        for start in (begin, begin + timedelta(days=1))
    ]
    with database.write() as transaction:
        span = people.Span(begin, begin + timedelta(days=2))
        whose = [force.rostered.id]
        people.set_history(transaction, force.room.id, "published", whose, span, nights)
    why = words(officer.get(f"/my/wishes/{unmet.id}"))
    assert "You are rostered 22:00–07:00." in why
    assert "You wished for Sunday 10 January off, with 5 points. It is not met." in why
    assert reason in why
    assert "It is met." in words(officer.get(f"/my/wishes/{met.id}"))
    assert officer.get(f"/my/wishes/{uuid4()}").status_code == 404


def test_a_manager_asks_for_wishes(manager: TestClient, database: Database, force: Staffed) -> None:
    """The form proposes a period; kept, it stands on the page; refused, it says why."""
    home = f"/rooms/{force.room.id}/wishes"
    assert "No wishes have been asked for" in words(manager.get(home))
    proposal = manager.get(f"{home}/new").text
    form = dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', proposal))
    assert form["first_day"] == "2027-01-11"
    assert (form["days"], form["points"], form["closes_time"]) == ("28", "20", "23:59")
    made = manager.post(home, data=form)
    assert made.status_code == 303
    page = words(manager.get(made.headers["location"]))
    assert "0 of 1 officer have placed 0 wishes for 11 January to 7 February 2027." in page
    assert "Nobody has asked for a day off yet." in page
    again = manager.post(home, data=form)
    assert (again.status_code, "Wishes are already asked for" in words(again)) == (422, True)
    wrong = words(manager.post(home, data=form | {"days": "", "closes_time": "noon"}))
    assert "Give a number of days" in wrong
    assert "Give a time, such as 23:59." in wrong
    late = manager.post(home, data=form | {"closes_day": "2027-03-01"})
    assert "Give a time before the period begins." in words(late)


def test_a_manager_sees_contested_days_and_changes_the_round(
    manager: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """The days most asked to be off stand in a table; a deadline can be moved."""
    state(database, force, asked, off(9))
    home = f"/rooms/{force.room.id}/wishes"
    page = words(manager.get(f"{home}?round={asked.id}"))
    assert "1 of 1 officer has placed 1 wish for 4 to 31 January 2027." in page
    assert "Saturday 9 January 1 0 5" in page
    form_page = manager.get(f"{home}/{asked.id}/change").text
    form = dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', form_page))
    change = form | {"closes_day": "2026-12-02"}
    assert manager.post(f"{home}/{asked.id}?version=1", data=change).status_code == 303
    beyond = manager.post(f"{home}/{asked.id}?version={2**63}", data=change)
    assert beyond.status_code == 422
    stale = manager.post(f"{home}/{asked.id}?version=1", data=change)
    assert (stale.status_code, "Somebody changed" in words(stale)) == (422, True)
    assert "Wednesday 2 December, 23:59" in words(manager.get(home))


def test_every_choice_of_the_page_says_one_wish() -> None:
    """What a choice makes is read back as that choice, and all say something else."""
    day = date(2027, 1, 16)
    made = {choice: chosen(day, 5, choice) for choice, _ in CHOICES}
    assert {choice: choice_of(wish) for choice, wish in made.items()} == {c: c for c in made}
    assert len({wish_words(wish) for wish in made.values()}) == len(made) == 2 + 2 * len(KINDS)
    template = WishDetails(day, wants=True, points=5, shifts=("E07", "E08"))
    assert choice_of(template) == KEEP
    assert chosen(day, 5, KEEP, template) == template
    assert wish_words(template) == "E07 or E08 on Saturday 16 January"
    assert wish_words(made["early"]) == "an early on Saturday 16 January"
    with pytest.raises(ValueError, match="evening"):
        chosen(day, 5, "evening")
