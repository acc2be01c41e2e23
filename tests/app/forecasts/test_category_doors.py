"""Forecasts of categories to systems: as JSON and as a file, adding up to the last digit."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from uuid import uuid4

from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from tests.app.callers import staffed, token
from tests.app.forecasts.categorised import receive
from tests.app.forecasts.rooms import made

TRAFFIC = "police_traffic"


def test_a_system_reads_categories_that_add_up_to_the_calls_of_the_queue(
    client: TestClient, database: Database
) -> None:
    """The sums of the decimals told are the means told of the whole; rights and names are kept."""
    house = staffed(database)
    receive(database, house.room.id)
    forecast = made(database, house.room.id, days=1, model="eight_week_mean")
    headers = token(database, house.system)
    home = f"/api/v1/rooms/{house.room.id}/forecasts"
    whole = client.get(f"{home}/{forecast.id}/values", headers=headers).json()
    mean = {each["queue"]: each["mean"] for each in whole["queues"]}[TRAFFIC]
    told = client.get(f"{home}/{forecast.id}/categories", headers=headers).json()
    assert [each["queue"] for each in told["queues"]] == [TRAFFIC]
    parts = told["queues"][0]["categories"]
    assert [each["category"] for each in parts] == ["ASB", "Crime", "Mental health", None]
    means = ([Decimal(repr(value)) for value in each["mean"]] for each in parts)
    assert [sum(column) for column in zip(*means, strict=True)] == [Decimal(repr(m)) for m in mean]
    assert (told["start"], told["intervals"]) == (whole["start"], whole["intervals"])

    answer = client.get(f"{home}/{forecast.id}/categories.csv", headers=headers)
    assert answer.headers["content-disposition"].endswith('"categories-2025-06-02.csv"')
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in csv.DictReader(io.StringIO(answer.text)):
        assert row["queue"] == TRAFFIC
        assert int(row["q05"]) <= int(row["q50"]) <= int(row["q95"])
        sums[row["interval_start"]] += Decimal(row["mean"])
    assert list(sums.values()) == [Decimal(f"{value:.6g}") for value in mean]

    with database.read() as reading:
        ems = next(e.id for e in demand.queues(reading, house.room.id) if e.name == "ems")
    none = client.get(
        f"{home}/{forecast.id}/categories", params={"queue_id": str(ems)}, headers=headers
    )
    assert none.json()["queues"] == []
    assert client.get(f"{home}/{forecast.id}/categories").status_code == 401
    assert client.get(f"{home}/{uuid4()}/categories.csv", headers=headers).status_code == 404
