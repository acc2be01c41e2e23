"""The guide's chapters are read by those whom they are for, and lead to pages that are there."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.guide.service import CHAPTERS, chapters
from tests.app.callers import signed_in, staffed


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_those_who_plan_read_all_and_officers_what_is_for_them(
    client: TestClient, database: Database
) -> None:
    """Each chapter that the contents name opens; one for planners is none of an officer's."""
    house = staffed(database)
    manager = signed_in(client, house.manager)
    for chapter in chapters():
        assert chapter.title in manager.get("/guide").text
        assert chapter.answer in manager.get(f"/guide/{chapter.key}").text
    assert manager.get("/guide/nothing").status_code == 404
    officer = signed_in(client, house.officer)
    contents = officer.get("/guide").text
    for chapter in chapters():
        there = chapter.readers == "all"
        assert (chapter.title in contents) == there
        assert officer.get(f"/guide/{chapter.key}").status_code == (200 if there else 404)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_every_way_out_of_a_chapter_is_open_to_its_reader(
    client: TestClient, database: Database
) -> None:
    """A planner's links open in their control room, an officer's on their own pages."""
    house = staffed(database)
    for caller, mine in ((house.manager, False), (house.officer, True)):
        reader = signed_in(client, caller)
        links = [part.link for each in chapters() for part in each.parts if part.link]
        ways = [address for address, _ in links if address.startswith("/my/") == mine]
        assert ways
        for address in ways:
            opened = reader.get(address.format(room=house.room.id), follow_redirects=True)
            assert opened.status_code == 200, address


def test_every_chapter_has_an_answer_and_parts() -> None:
    """Its answer is a sentence, each paragraph ends, and no address stands twice."""
    keys = [chapter.key for chapter in chapters()]
    assert len(keys) == len(set(keys)), CHAPTERS
    for chapter in chapters():
        assert chapter.answer.endswith(".")
        assert chapter.parts
        for part in chapter.parts:
            assert all(paragraph.endswith(".") for paragraph in part.text)
