"""Who works with whom: said by page and by HTTP, kept, and asked of every new roster."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.people import service as people
from app.rosters import service as rosters
from rostering.files import problem_from_json
from rostering.problem import REST, Bond
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import DAYS, FIRST, PLAIN, Rostered, asked, change, drafted, rostered
from tests.app.rosters.test_pages import cell_of, words


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


@pytest.fixture
def system(database: Database, room: Rostered) -> dict[str, str]:
    """Headers of a system with a manager's role in the room."""
    return token(database, room.force.system)


def tutored(room: Rostered, **said: object) -> rosters.BondDetails:
    """The first officer of a room works with one of the next two."""
    first, *others = (officer.id for officer in room.officers[:3])
    details = {"minutes": 30, "role": "tutor"} | said
    return rosters.BondDetails("with", first, tuple(others), FIRST, **details)  # type: ignore[arg-type]


def bind(database: Database, room: Rostered, details: rosters.BondDetails) -> rosters.Bond:
    """A bond as kept."""
    with database.write() as transaction:
        return rosters.add_bond(transaction, room.room_id, details)


def bonds_asked(database: Database, room: Rostered) -> tuple[tuple[Bond, ...], tuple[str, ...]]:
    """The bonds of a roster that is asked for now, as frozen, and what it notes."""
    roster, _ = asked(database, room)
    with database.read() as reading:
        document = rosters.problem_document(reading, room.room_id, roster.id)
    return problem_from_json(document).bonds, roster.assumed


def test_bonds_are_kept_by_version(
    client: TestClient, room: Rostered, system: dict[str, str]
) -> None:
    """201 with an ETag, 412 for an old version, 422 naming each field that cannot be."""
    where = f"/api/v1/rooms/{room.room_id}/bonds"
    first, second, third = (str(officer.id) for officer in room.officers[:3])
    body = {"kind": "with", "officer_id": first, "others": [third, second],
            "from_day": "2027-01-04", "role": "tutor", "minutes": 30}  # fmt: skip
    made = client.post(where, json=body, headers=system)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert made.json()["others"] == [third, second]
    place = made.headers["Location"]
    ended = {**body, "others": [second], "until_day": "2027-02-01"}
    matched = {**system, "If-Match": '"1"'}
    changed = client.put(place, json=ended, headers=matched)
    assert (changed.status_code, changed.json()["others"]) == (200, [second])
    assert client.get(place, headers=system).json() == changed.json()
    assert client.put(place, json=body, headers=matched).status_code == 412
    assert client.get(where, headers=system).json() == {"bonds": [changed.json()]}
    wrong = {**body, "others": [first, str(room.room_id)], "until_day": "2027-01-03"}
    refused = client.post(where, json=wrong, headers=system)
    assert refused.status_code == 422
    fields = [each["field"] for each in refused.json()["errors"]]
    assert fields == ["others[0]", "others[1]", "until_day"]


def test_a_new_roster_is_asked_to_keep_them(database: Database, room: Rostered) -> None:
    """What holds in the period is in its problem by days of it, what does not is left out."""
    names = [str(officer.id) for officer in room.officers]
    bind(database, room, tutored(room, until_day=FIRST + timedelta(days=10)))
    bind(database, room, tutored(room, until_day=FIRST))
    others = (room.officers[4].id,)
    earlier = FIRST - timedelta(days=3)
    bind(database, room, rosters.BondDetails("apart", room.officers[3].id, others, earlier))
    later = FIRST + timedelta(days=DAYS)
    bind(database, room, rosters.BondDetails("apart", room.officers[3].id, others, later))
    found, _ = bonds_asked(database, room)
    assert set(found) == {
        Bond("with", names[0], (names[1], names[2]), 30, 0, 9, "tutor"),
        Bond("apart", names[3], (names[4],), 0, -3),
    }


def test_who_cannot_be_rostered_is_left_out_and_told(database: Database, room: Rostered) -> None:
    """Of several tutors those who are there count; with none of them the roster says so."""
    bind(database, room, tutored(room))
    names = [str(officer.id) for officer in room.officers]

    def lose(number: int) -> None:
        with database.write() as transaction:
            people.set_skills(transaction, room.room_id, room.officers[number].id, [])

    lose(1)
    found, _ = bonds_asked(database, room)
    assert found == (Bond("with", names[0], (names[2],), 30, 0, None, "tutor"),)
    lose(2)
    found, notes = bonds_asked(database, room)
    assert found == ()
    assert any("Officer 0 is to work with a tutor, but nobody" in note for note in notes)


def test_a_hand_edit_tells_who_would_be_without_a_tutor(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """The panel of a change names both to the manager, and the effect has its points."""
    bind(database, room, tutored(room, minutes=0))
    choices = PLAIN.copy()
    choices[2] = REST
    roster = drafted(database, room, choices)
    moves = change(room, (1, 0, None))
    with database.read() as reading:
        trial = rosters.try_changes(reading, room.room_id, roster.id, moves)
    (breach,) = trial.effect.worse
    assert breach.words == (
        "Officer 0 would be without a tutor (Officer 1 or Officer 2) on Monday 4 January "
        "from 07:00 to 15:00."
    )
    manager = signed_in(client, room.force.manager)
    where = f"/rooms/{room.room_id}/rosters/{roster.id}"
    row = cell_of(manager.get(where).text, "Officer 1")
    panel = manager.get(f"{where}/cells/{row}/0/try")
    assert panel.status_code == 200, panel.text
    assert breach.words in words(panel.text)


def test_the_page_says_adds_and_ends(client: TestClient, room: Rostered) -> None:
    """A manager says who works with whom, sees it in plain words, and ends it."""
    manager = signed_in(client, room.force.manager)
    where = f"/rooms/{room.room_id}/rosters/bonds"
    assert "Nobody is bound to work with" in words(manager.get(where).text)
    ids = [str(officer.id) for officer in room.officers]
    sent = {"kind": "tutor", "officer": ids[0], "other": ids[1], "other_2": ids[2],
            "minutes": "30", "from": "2020-01-06"}  # fmt: skip
    assert manager.post(where, data=sent).status_code == 303
    page = manager.get(where).text
    assert "1 arrangement holds now." in words(page)
    assert "Works with a tutor: Officer 1 or Officer 2, all but 30 min of a tour" in words(page)
    bond = page.partition('name="bond"')[2].partition('<option value="')[2].partition('"')[0]
    early = manager.post(f"{where}/end", data={"bond": bond, "ends": "2020-01-05"})
    assert early.status_code == 422
    assert "not before the first" in words(early.text)
    ended = manager.post(f"{where}/end", data={"bond": bond, "ends": "2020-03-02"})
    assert ended.status_code == 303
    again = manager.post(f"{where}/end", data={"bond": bond, "ends": "2020-04-02"})
    assert again.status_code == 412
    page = words(manager.get(where).text)
    assert "Nobody is bound to work with" in page
    assert "Monday 2 March 2020" in page or "2 March 2020" in page


def test_the_page_refuses_at_the_field(client: TestClient, room: Rostered) -> None:
    """What cannot be read or kept is told where it was said, with what was typed still there."""
    manager = signed_in(client, room.force.manager)
    where = f"/rooms/{room.room_id}/rosters/bonds"
    ids = [str(officer.id) for officer in room.officers]
    empty = manager.post(where, data={"minutes": "x"})
    assert empty.status_code == 422
    for field in ("kind", "officer", "other", "minutes", "from"):
        assert f'href="#f-{field}"' in empty.text, field
    twice = manager.post(
        where,
        data={"kind": "apart", "officer": ids[0], "other": ids[1], "other_3": ids[0],
              "from": "2027-01-04"},
    )  # fmt: skip
    assert twice.status_code == 422
    assert 'href="#f-other_3"' in twice.text
    assert f'<option value="{ids[1]}" selected>' in twice.text


def test_an_officer_neither_sees_nor_says_it(client: TestClient, room: Rostered) -> None:
    """Who works with whom is the managers' to say and to see."""
    officer = signed_in(client, room.force.officer)
    where = f"/rooms/{room.room_id}/rosters/bonds"
    assert officer.get(where).status_code == 403
    assert officer.post(where, data={}).status_code == 403
