"""The page and the API about counts that are hard to believe."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.demand.views import rulings as forms
from app.demand.views import trust as views
from tests.app.callers import signed_in, staffed, token
from tests.app.demand.doubtful import look_at, receive_outage


class Desk:
    """A manager at the browser in a room with an outage, looked at or not yet."""

    def __init__(self, client: TestClient, database: Database, *, looked_at: bool) -> None:
        self.force = staffed(database)
        self.database = database
        with database.write() as transaction:
            receive_outage(transaction, self.force.room.id)
        if looked_at:
            look_at(database, self.force.room.id)
        with database.read() as reading:
            (queue,) = demand.queues(reading, self.force.room.id)
        self.queue_id: UUID = queue.id
        self.browser = signed_in(client, self.force.manager)
        self.home = f"/rooms/{self.force.room.id}/demand/quality"
        self.post = f"{self.home}/{self.queue_id}"
        self.name = f"{self.post}/stretches"

    def text(self) -> str:
        """The page in one line, without its tags."""
        text = re.sub(r"<[^>]+>", " ", self.browser.get(self.home).text)
        return re.sub(r"\s+", " ", text)

    def key(self) -> str:
        """The finding that is open in the panel."""
        found = re.search(r'name="key" value="([^"]+)"', self.browser.get(self.home).text)
        assert found
        return found[1]

    def layers(self) -> tuple[demand.Layer, ...]:
        """Decisions that hold."""
        with self.database.read() as reading:
            return demand.trust(reading, self.force.room.id, self.queue_id).layers


@pytest.fixture
def desk(client: TestClient, database: Database) -> Desk:
    """The manager, with a finding to decide about."""
    return Desk(client, database, looked_at=True)


def test_the_page_says_the_figure_and_keeps_a_decision(desk: Desk) -> None:
    """It opens with one sentence; a decision needs a reason, is told, and can be undone."""
    assert "99.7 % of 2 months observed; 1 thing to look at." in desk.text().replace(" ;", ";")
    sent = {"key": desk.key(), "act": "exclude", "reason": ""}
    refused = desk.browser.post(desk.post, data=sent)
    assert refused.status_code == 422
    assert "Say why: others will read it." in refused.text
    kept = desk.browser.post(desk.post, data=sent | {"reason": "The telephony was down."})
    assert kept.status_code == 303, kept.text
    said = desk.text()
    assert "The counts are taken as not observed. The telephony was down." in said
    assert "nothing to look at" in said
    (layer,) = desk.layers()
    assert layer.by == desk.force.manager.id
    assert desk.browser.post(f"{desk.post}/{layer.id}/undo").status_code == 303
    assert desk.layers() == ()
    assert "1 thing to look at." in desk.text()


def test_the_page_says_what_each_choice_does(desk: Desk) -> None:
    """Before it is made: what forecasts learn now, and the calls that would stand in place."""
    said = desk.text()
    assert "Until you decide, forecasts learn from these counts as they stand." in said
    assert "As if nobody had counted: nothing is learned from them." in said
    assert re.search(r"\d+ calls instead of none\. As calls usually come then\.", said)
    assert "They are right: forecasts go on learning from them." in said
    sent = {"key": desk.key(), "act": "exclude", "reason": "The line\r\nwas cut."}
    assert desk.browser.post(desk.post, data=sent).status_code == 303
    assert "The line was cut." in desk.text()


def test_gaps_stand_apart(desk: Desk) -> None:
    """Nothing wrong is learned from them: folded away, and none is opened unasked."""
    with desk.database.read() as reading:
        trust = demand.trust(reading, desk.force.room.id, desk.queue_id)
    (outage,) = trust.open_findings
    gap = replace(outage, kind="absent", key="absent-1", remedies=("accept", "expected"))
    both = views.listed(replace(trust, open_findings=(gap, outage)), "UTC", None, "")
    assert [len(both.findings), len(both.gaps), both.opened] == [1, 1, outage]
    only = replace(trust, open_findings=(gap,))
    assert views.listed(only, "UTC", None, "").opened is None
    assert views.listed(only, "UTC", "absent-1", "").opened == gap
    assert forms.choices(gap)[0][2] == "Nobody counted: nothing is learned from them."


def test_another_total_is_asked_for_where_it_is_chosen(desk: Desk) -> None:
    """A total that is no number is refused at its field; a good one is kept."""
    sent = {"key": desk.key(), "act": "total", "total": "many", "reason": "From the old report."}
    refused = desk.browser.post(desk.post, data=sent)
    assert "Give the calls of the whole stretch, such as 120." in refused.text
    assert desk.browser.post(desk.post, data=sent | {"act": "burn"}).status_code == 422
    assert desk.browser.post(desk.post, data=sent | {"total": "1,120"}).status_code == 303
    offered = desk.layers()[0].offered
    assert offered is not None
    assert offered.sum() == pytest.approx(1120)


def test_figures_of_ones_own_are_given_for_each_hour(desk: Desk) -> None:
    """As many as there are hours, a dash for one that is not known; others are told and kept."""
    assert "5 figures, one for each hour in order of time" in desk.text()
    sent = {"key": desk.key(), "act": "values", "reason": "From the paper log."}
    refused = desk.browser.post(desk.post, data=sent | {"values": "20\n21,5\n22"})
    assert "&#34;21,5&#34; is no number of calls" in refused.text
    assert "20\n21,5\n22</textarea>" in refused.text
    short = desk.browser.post(desk.post, data=sent | {"values": "20 21 22"})
    assert "Give 5 figures, one for each interval: 3 came." in short.text
    figures = "20\r\n21.5\r\n-\r\n1,022\r\n0\r\n"
    assert desk.browser.post(desk.post, data=sent | {"values": figures}).status_code == 303
    offered = desk.layers()[0].offered
    assert offered is not None
    assert np.array_equal(offered, [20, 21.5, np.nan, 1022, 0], equal_nan=True)
    assert "The counts are corrected to figures given for each interval." in desk.text()


NAMED = {
    "start_day": "2026-04-07",
    "start_time": "09:00",
    "end_day": "2026-04-07",
    "end_time": "12:00",
    "own_reason": "The report has 60.",
}


def test_a_stretch_is_given_figures_of_ones_own(desk: Desk) -> None:
    """The form about a stretch of one's own takes them too, and tells what is wrong with them."""
    sent = NAMED | {"way": "values"}
    refused = desk.browser.post(desk.name, data=sent | {"own_values": "20 21"})
    assert refused.status_code == 422
    assert '<a href="#f-own_values">Give 3 figures' in refused.text
    kept = desk.browser.post(desk.name, data=sent | {"own_values": "20 21 19"})
    assert kept.status_code == 303, kept.text
    offered = desk.layers()[0].offered
    assert offered is not None
    assert offered.tolist() == [20, 21, 19]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-29", "There is no 01:30 on Sunday 29 March 2026, since the clocks go forward"),
        ("2025-10-26", "01:30 comes twice on Sunday 26 October 2025, since the clocks go back"),
    ],
)
def test_an_hour_that_a_clock_change_leaves_out_or_doubles_is_refused(
    desk: Desk, day: str, words: str
) -> None:
    """One sentence says which and what to do; nothing is guessed."""
    sent = NAMED | {"way": "exclude", "start_day": day, "start_time": "01:30"}
    refused = desk.browser.post(desk.name, data=sent)
    assert refused.status_code == 422
    assert f"{words}: give a time before or after that hour." in refused.text
    assert desk.layers() == ()


def test_a_stretch_is_named_in_local_time(desk: Desk) -> None:
    """Hours of the room's zone; what is wrong is told at its field and the form stays open."""
    sent = NAMED | {"end_time": "09:00", "way": "total", "own_total": "many"}
    assert "Give the calls of the whole stretch" in desk.browser.post(desk.name, data=sent).text
    refused = desk.browser.post(desk.name, data=sent | {"own_total": "60"})
    assert refused.status_code == 422
    assert "Give an end after the start." in refused.text
    assert '<details class="more" open>' in refused.text
    never = desk.browser.post(desk.name, data=sent | {"end_day": "soon"})
    assert "Give a date and a time." in never.text
    kept = desk.browser.post(desk.name, data=sent | {"own_total": "60", "end_time": "12:00"})
    assert kept.status_code == 303, kept.text
    (layer,) = desk.layers()
    assert layer.offered is not None
    assert layer.offered.sum() == pytest.approx(60)
    assert "from 09:00 to 12:00 on Tuesday 7 April 2026, named by hand." in desk.text()


def test_a_system_names_a_stretch(desk: Desk) -> None:
    """Excluded over HTTP and read among the decisions; what is off its counts is refused."""
    manager = token(desk.database, desk.force.manager)
    queue = f"/api/v1/rooms/{desk.force.room.id}/queues/{desk.queue_id}"
    client = desk.browser
    client.cookies.clear()
    sent = {
        "start": "2026-04-07T08:00:00Z",
        "end": "2026-04-07T11:00:00Z",
        "decision": "exclude",
        "reason": "Calls went to the neighbours.",
    }

    def post(**changed: str) -> Any:
        keyed = manager | {"Idempotency-Key": str(uuid4())}
        return client.post(f"{queue}/stretches", json=sent | changed, headers=keyed)

    made = post()
    assert made.status_code == 201, made.text
    assert made.json()["kind"] == "named"
    assert post().status_code == 409
    assert post(decision="accept").status_code == 422
    off = post(start="1926-04-07T08:00:00Z")
    assert off.status_code == 422
    assert "Give a time within the queue's counts: " in off.text
    assert client.get(f"{queue}/findings", headers=manager).json()["decisions"] == [made.json()]


def test_counts_that_nobody_looked_at_can_be_looked_at_now(
    client: TestClient, database: Database
) -> None:
    """Before the first look the page says so and has one button."""
    desk = Desk(client, database, looked_at=False)
    assert "The counts of 999 were not looked at yet." in desk.text()
    assert desk.browser.post(f"{desk.home}/look").status_code == 303


def test_a_room_without_counts_says_what_comes_first(
    client: TestClient, database: Database
) -> None:
    """An empty page leads to the upload."""
    force = staffed(database)
    page = signed_in(client, force.manager).get(f"/rooms/{force.room.id}/demand/quality")
    assert page.status_code == 200
    assert "No counts yet" in page.text


def test_a_system_reads_and_decides(desk: Desk) -> None:
    """Findings with their figures, a decision once per key, and its undoing, over HTTP."""
    manager = token(desk.database, desk.force.manager)
    queue = f"/api/v1/rooms/{desk.force.room.id}/queues/{desk.queue_id}"
    client = desk.browser
    client.cookies.clear()
    found = client.get(f"{queue}/findings", headers=manager).json()
    assert [each["kind"] for each in found["findings"]] == ["outage"]
    assert found["open_intervals"] - found["observed"] == 5
    sent = {
        "finding": found["findings"][0]["key"],
        "decision": "correct",
        "way": "expected",
        "reason": "The line was cut.",
    }
    keyed = manager | {"Idempotency-Key": str(uuid4())}
    made = client.post(f"{queue}/decisions", json=sent, headers=keyed)
    assert made.status_code == 201, made.text
    assert client.post(f"{queue}/decisions", json=sent, headers=keyed).json() == made.json()
    anew = manager | {"Idempotency-Key": str(uuid4())}
    assert client.post(f"{queue}/decisions", json=sent, headers=anew).status_code == 409
    after = client.get(f"{queue}/findings", headers=manager).json()
    assert (after["findings"], after["decisions"]) == ([], [made.json()])
    gone = client.delete(f"{queue}/decisions/{made.json()['id']}", headers=manager)
    assert gone.status_code == 204
    again = client.delete(f"{queue}/decisions/{made.json()['id']}", headers=manager)
    assert again.status_code == 404
