"""The page and the API about counts that are hard to believe."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
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
