"""Skills, contracts, past shifts and outside identifiers of a room's officers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from app.db.transaction import Database, Transaction
from app.errors import InvalidInput
from app.people import service as people
from app.people.service import Contract, HeldSkill, Span
from tests.app.people.rooms import Small, details, small_force, tour

JANUARY, MARCH, MAY = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
MONTH = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test."""
    with database.write() as transaction:
        yield transaction


@pytest.fixture
def small(transaction: Transaction) -> Small:
    """The small force."""
    return small_force(transaction)


@pytest.fixture
def officer_id(transaction: Transaction, small: Small) -> UUID:
    """An officer of the first room."""
    return people.add_officer(transaction, small.room.id, details("1")).id


def test_skills_are_what_was_said_last(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """Setting skills replaces them, and one skill may be held in two stretches."""
    calls = HeldSkill(small.call_taking.id, JANUARY, MARCH)
    again = HeldSkill(small.call_taking.id, MARCH)
    people.set_skills(transaction, small.room.id, officer_id, [calls])
    people.set_skills(transaction, small.room.id, officer_id, [again, calls])
    assert people.skills_of(transaction, small.room.id) == {officer_id: (calls, again)}
    assert people.skills_of(transaction, small.other_room.id) == {}
    people.set_skills(transaction, small.room.id, officer_id, [])
    assert people.skills_of(transaction, small.room.id) == {}


def test_length_of_service_earns_a_skill(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """Whoever holds another skill has it from the day on which the months are served."""
    force_id = small.force.id
    earned = people.create_skill(transaction, force_id, "two-years", "Two years' service", 24)
    assert people.skills_of(transaction, small.room.id) == {}
    calls = HeldSkill(small.call_taking.id, JANUARY)
    people.set_skills(transaction, small.room.id, officer_id, [calls])
    late = details("2", "Lea Moor", started=date(2024, 2, 29))
    other = people.add_officer(transaction, small.room.id, late).id
    people.set_skills(transaction, small.room.id, other, [calls])
    assert people.skills_of(transaction, small.room.id) == {
        officer_id: (calls, HeldSkill(earned.id, date(2022, 1, 6))),
        other: (calls, HeldSkill(earned.id, date(2026, 2, 28))),
    }
    everyone = people.everyone(transaction, small.room.id)
    found = {each.officer.id: each for each in people.persons(transaction, small.room.id, everyone)}
    assert (found[other].skills, found[other].earned) == (
        (calls,), (HeldSkill(earned.id, date(2026, 2, 28)),),
    )  # fmt: skip
    assert people.skill(transaction, force_id, earned.id).after_months == 24
    for months in (0, 601):
        with pytest.raises(InvalidInput):
            people.create_skill(transaction, force_id, "never", "Never", months)


def test_a_skill_is_the_forces_and_held_once_a_day(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """A foreign skill, an overlap and an end before the start are each named."""
    foreign = small_force(transaction, "Felpersham").dispatch.id
    held = [
        HeldSkill(small.dispatch.id, JANUARY),
        HeldSkill(small.dispatch.id, MARCH, MAY),
        HeldSkill(foreign, JANUARY),
        HeldSkill(small.call_taking.id, MAY, MARCH),
    ]
    with pytest.raises(InvalidInput) as caught:
        people.set_skills(transaction, small.room.id, officer_id, held)
    assert {place.field for place in caught.value.places} == {
        "skills[1].from_day", "skills[2].skill_id", "skills[3].until_day",
    }  # fmt: skip


def test_one_contract_holds_on_a_day(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """Contracts follow one another; overlaps and impossible weeks are refused."""
    agreed = [Contract(JANUARY, MARCH, 2220), Contract(MARCH, None, 1110)]
    people.set_contracts(transaction, small.room.id, officer_id, agreed)
    wrong = [Contract(JANUARY, None, 2220), Contract(MARCH, None, 10081)]
    with pytest.raises(InvalidInput) as caught:
        people.set_contracts(transaction, small.room.id, officer_id, wrong)
    assert [place.field for place in caught.value.places] == [
        "contracts[1].weekly_minutes", "contracts[1].from_day",
    ]  # fmt: skip
    assert people.contracts_of(transaction, small.room.id) == {officer_id: tuple(agreed)}


def test_history_told_twice_is_kept_once(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """A span told again replaces what was told of these officers; the rest stays."""
    room_id = small.room.id
    other = people.add_officer(transaction, room_id, details("2")).id
    first = [tour(officer_id, 2), tour(other, 2)]
    for _ in range(2):
        people.set_history(transaction, room_id, "worked", {officer_id, other}, MONTH, first)
    people.set_history(
        transaction, room_id, "published", {officer_id}, MONTH, [tour(officer_id, 9)]
    )
    people.set_history(transaction, room_id, "worked", {officer_id}, MONTH, [tour(officer_id, 3)])
    worked = people.history(transaction, room_id, "worked", MONTH)
    assert set(worked) == {tour(officer_id, 3), tour(other, 2)}
    assert people.history(transaction, room_id, "published", MONTH) == (tour(officer_id, 9),)
    assert people.history(transaction, small.other_room.id, "worked", MONTH) == ()


def test_history_that_cannot_be_is_refused(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """Overlaps, given or kept, foreign officers and shifts outside the span; nothing is kept."""
    room_id, whose = small.room.id, {officer_id}
    day = Span(datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 6, tzinfo=UTC))
    people.set_history(transaction, room_id, "worked", whose, MONTH, [tour(officer_id, 4, 30)])
    for shifts, field in [
        ([tour(officer_id, 5)], "shifts[0]"),
        ([tour(officer_id, 6)], "shifts[0].start"),
        ([tour(officer_id, 5, 0)], "shifts[0].end"),
        ([tour(uuid4(), 5)], "shifts[0].officer_id"),
    ]:
        with pytest.raises(InvalidInput) as caught:
            people.set_history(transaction, room_id, "worked", whose, day, shifts)
        assert [place.field for place in caught.value.places] == [field]
    with pytest.raises(InvalidInput, match="not of this control room"):
        people.set_history(transaction, small.other_room.id, "worked", whose, day, [])


def test_outside_ids_are_one_things_in_one_system(
    transaction: Transaction, small: Small, officer_id: UUID
) -> None:
    """Each system has names of its own; a name given again moves; unknown names are left out."""
    force_id = small.force.id
    other = people.add_officer(transaction, small.room.id, details("2")).id
    queue = uuid4()
    people.name_outside(transaction, force_id, "hr", "officer", {"17": officer_id, "18": other})
    people.name_outside(transaction, force_id, "duty", "officer", {"17": other})
    people.name_outside(transaction, force_id, "hr", "officer", {"18": officer_id})
    people.name_outside(transaction, force_id, "telephony", "queue", {"17": queue})
    people.name_outside(transaction, force_id, "hr", "team", {"17": small.team.id})

    def found(system: str, thing: people.Thing) -> dict[str, UUID]:
        return people.find_outside(transaction, force_id, system, thing, ["17", "18", "19"])

    assert found("hr", "officer") == {"17": officer_id, "18": officer_id}
    assert found("duty", "officer") == {"17": other}
    assert found("telephony", "queue") == {"17": queue}
    assert found("hr", "team") == {"17": small.team.id}


@pytest.mark.parametrize("thing", ["officer", "team"])
def test_outside_ids_stay_within_the_force(
    transaction: Transaction, small: Small, officer_id: UUID, thing: people.Thing
) -> None:
    """A force cannot name what is another's, and does not see another's names."""
    stranger = small_force(transaction, "Felpersham").force.id
    ours = officer_id if thing == "officer" else small.team.id
    people.name_outside(transaction, small.force.id, "hr", thing, {"17": ours})
    with pytest.raises(InvalidInput, match="of this force"):
        people.name_outside(transaction, stranger, "hr", thing, {"17": ours})
    assert people.find_outside(transaction, stranger, "hr", thing, ["17"]) == {}
