"""`parade import counts`: an export is told what it would change, and kept once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import run
from app.db.transaction import Database
from app.demand import service as demand
from app.people import service as people

REPORT = Path(__file__).parents[1] / "demand" / "exports" / "skill_interval.csv"
IMPORT = ["import", "counts", str(REPORT), "--room", "Borsetshire/North"]


@pytest.fixture
def room(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> people.Room:
    """A room that the command line works for."""
    monkeypatch.setenv("PARADE_DATABASE_URL", database_url)
    with database.write() as transaction:
        force = people.create_force(transaction, "Borsetshire")
        return people.create_room(transaction, force.id, "North", "Europe/London", 420)


def kept(database: Database, room: people.Room) -> dict[str, str]:
    """The first interval of each queue."""
    with database.read() as reading:
        return {
            each.queue.name: f"{each.first:%H:%M}" for each in demand.observed(reading, room.id)
        }


def test_an_export_is_imported_once(
    database: Database, room: people.Room, capsys: pytest.CaptureFixture[str]
) -> None:
    """The preview changes nothing; the import says what is new; again there is nothing to do."""
    assert run([*IMPORT, "--preview"]) == 0
    assert capsys.readouterr().out.endswith("This is a preview: nothing was changed.\n")
    assert kept(database, room) == {}
    assert run(IMPORT) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Assumed: Dates name the day first")
    assert "999 Emergency (made new): 2 new, 0 revised" in said[-3]
    assert said[-2] == "4 intervals new, 0 revised, 0 unchanged."
    assert said[-1] == "Nothing new to look at in the counts."
    assert run(IMPORT) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Nothing to do")
    assert kept(database, room) == {"101 Non-emergency": "07:00", "999 Emergency": "07:00"}


def test_the_clock_and_a_saved_mapping_are_named(
    database: Database, room: people.Room, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--timezone` is the file's clock; `--mapping` reads by what was saved."""
    assert run([*IMPORT, "--timezone", "UTC"]) == 0
    assert kept(database, room)["999 Emergency"] == "08:00"
    with database.write() as transaction:
        sheet = demand.open_file(REPORT.read_bytes(), "x")
        found = demand.understand(transaction, room.id, sheet).preview
        demand.save_mapping(transaction, room.id, "Exchange", found.headers, found.mapping)
    capsys.readouterr()
    assert run([*IMPORT, "--mapping", "Exchange", "--preview"]) == 0
    assert capsys.readouterr().out.startswith("Read by the saved mapping Exchange.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*IMPORT, "--timezone", "Nowhere"], "not a time zone"),
        ([*IMPORT, "--mapping", "Nobody"], "no saved mapping of that name"),
        ([*IMPORT[:-1], "Borsetshire/East"], "There is Borsetshire/North"),
        (["import", "counts", "missing.csv", "--room", "Borsetshire/North"], "does not exist"),
        (["import", "counts", __file__, "--room", "Borsetshire/North"], "Nothing was imported."),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    database: Database,
    room: people.Room,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    """Exit status 2, one line on standard error, nothing kept."""
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert kept(database, room) == {}
