"""How long counts take to come in, beside the barest load that the database can do."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt
import pytest

from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.demand import service as demand
from app.demand.reading import guess_mapping, read_counts
from app.people import service as people
from tests.app.postgres import new_database, server_url

QUEUES = ("999", "101", "dispatch", "crime", "digital")
INTERVALS = 140_000
"""Of each queue: four years of quarter hours; 700,000 in all."""

FIRST = 27_349_920
"""Minutes from 1970 to 2022."""

BARE = """
    CREATE TABLE bare (
        queue INTEGER NOT NULL, start INTEGER NOT NULL, offered INTEGER NOT NULL,
        answered INTEGER, abandoned INTEGER, handled_seconds DOUBLE PRECISION,
        batch INTEGER NOT NULL, PRIMARY KEY (queue, start)
    )
"""


def four_years() -> demand.Counts:
    """Counts of five queues with every figure known."""
    rng = np.random.default_rng(3)
    offered = rng.poisson(6, len(QUEUES) * INTERVALS).astype(np.float64)
    abandoned = rng.binomial(offered.astype(np.int64), 0.05).astype(np.float64)
    return demand.Counts(
        QUEUES,
        np.repeat(np.arange(len(QUEUES)), INTERVALS),
        np.tile(FIRST + 15 * np.arange(INTERVALS), len(QUEUES)),
        offered,
        offered - abandoned,
        abandoned,
        (offered - abandoned) * 240.5,
        15,
    )


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Database]:
    """A migrated database of that kind, thrown away at the end."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'parade.sqlite'}"
        yield from _opened(url)
        shutil.rmtree(folder)
    else:
        with new_database(server_url("bench")) as server:
            yield from _opened(server.render_as_string(hide_password=False))


def _opened(url: str) -> Iterator[Database]:
    engine = open_engine(url, busy_seconds=5)
    upgrade(engine)
    yield Database(engine)
    engine.dispose()


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def bare_load(database: Database, counts: demand.Counts) -> float:
    """Seconds to load the same rows, made ready beforehand, into a table keyed alike."""
    columns = [counts.queue, counts.start, counts.offered, counts.answered, counts.abandoned]
    figures = [np.asarray(each, dtype=np.int64) for each in columns]
    seconds = np.asarray(counts.handled_seconds)
    load = _by_copy if database.engine.dialect.name == "postgresql" else _by_executemany
    return load(database, figures, seconds)


def _by_executemany(
    database: Database, figures: list[npt.NDArray[np.int64]], seconds: npt.NDArray[np.float64]
) -> float:
    rows = list(zip(*(e.tolist() for e in figures), seconds.tolist(), itertools.repeat(1)))
    with database.write() as transaction:
        transaction.exec_driver_sql("DROP TABLE IF EXISTS bare")
        transaction.exec_driver_sql(f"{BARE} WITHOUT ROWID")
    begin = perf_counter()
    with database.write() as transaction:
        driver = transaction.connection.driver_connection
        assert driver is not None
        driver.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return perf_counter() - begin


def _by_copy(
    database: Database, figures: list[npt.NDArray[np.int64]], seconds: npt.NDArray[np.float64]
) -> float:
    kinds = [">i4"] * len(figures) + [">f8", ">i4"]
    lengths = [(f"length {place}", ">i4") for place in range(len(kinds))]
    values = [(f"value {place}", kind) for place, kind in enumerate(kinds)]
    pairs = [each for pair in zip(lengths, values, strict=True) for each in pair]
    packed = np.empty(len(seconds), dtype=[("fields", ">i2"), *pairs])
    packed["fields"] = len(kinds)
    for place, column in enumerate([*figures, seconds, np.ones(len(seconds))]):
        packed[f"length {place}"] = np.dtype(kinds[place]).itemsize
        packed[f"value {place}"] = column
    told = b"PGCOPY\n\xff\r\n\0" + bytes(8) + packed.tobytes() + b"\xff\xff"
    with database.write() as transaction:
        transaction.exec_driver_sql("DROP TABLE IF EXISTS bare")
        transaction.exec_driver_sql(BARE)
    begin = perf_counter()
    with database.write() as transaction:
        driver = transaction.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor, cursor.copy("COPY bare FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(told)
    return perf_counter() - begin


@pytest.mark.benchmark
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_four_years_of_five_queues(kind: str, tmp_path: Path) -> None:
    """Print the time to take 700,000 intervals in, new, again and revised; all are kept."""
    counts = four_years()
    revised = replace(counts, offered=counts.offered + 1)
    with opened(kind, tmp_path) as database:
        with database.write() as transaction:
            force = people.create_force(transaction, "Borsetshire")
            room, *others = (
                people.create_room(transaction, force.id, name, "Europe/London", 420)
                for name in ("North", "South", "West")
            )

        def receive(sent: demand.Counts, room: people.Room = room) -> None:
            with database.write() as transaction:
                demand.receive(transaction, room.id, sent, "benchmark", None)

        pairs = [
            (bare_load(database, counts), timed(partial(receive, counts, each)))
            for each in (room, *others)
        ]
        bare, new = (min(column) for column in zip(*pairs, strict=True))
        again, other = (timed(partial(receive, s)) for s in (counts, revised))
        with database.read() as reading:
            begin = perf_counter()
            history = demand.history(reading, room.id)
            read = perf_counter() - begin
    assert sum(len(series) for series in history.values()) == len(counts)
    print(
        f"\n{len(counts):,} intervals into {kind}, least of 3: {new:.2f} s, bare {bare:.2f} s: "
        f"{new / bare:.2f} x (goal 2); the same again {again:.2f} s, every one revised "
        f"{other:.2f} s; read back as a history {read:.2f} s"
    )


@pytest.mark.benchmark
def test_an_export_of_four_years_is_read() -> None:
    """Print the time to read 700,000 lines as `parade import` does; every line is understood."""
    counts = four_years()
    clock = np.datetime_as_string(counts.start[:INTERVALS].astype("datetime64[m]"), unit="s")
    lines = ["interval_start,queue,offered,answered"]
    for place, name in enumerate(QUEUES):
        own = slice(place * INTERVALS, (place + 1) * INTERVALS)
        offered, answered = counts.offered[own], np.asarray(counts.answered)[own]
        lines += [
            f"{start}Z,{name},{calls:.0f},{taken:.0f}"
            for start, calls, taken in zip(clock, offered, answered, strict=True)
        ]
    data = "\n".join(lines).encode()
    begin = process_time()
    sheet = demand.open_file(data, "four_years.csv")
    split = process_time()
    read = read_counts(sheet, guess_mapping(sheet, "Europe/London").mapping)
    end = process_time()
    assert np.array_equal(np.sort(read.counts.start), np.sort(counts.start))
    print(
        f"\n{len(counts):,} lines of CSV ({len(data) / 1e6:.0f} MB): {end - begin:.2f} s of CPU, "
        f"{split - begin:.2f} of them to split them into columns"
    )
