"""An installation begun from the command line: a room, then its people."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import run
from app.cli.import_people import people_from_files
from app.db.transaction import Database
from app.people import service as people

ADD = ["room", "add", "--force", "Borsetshire", "--name", "North", "--zone", "Europe/London"]
OFFICERS = """number,name,grade,employment,started,left,team,shoe
101,Ann Gill,Constable,officer,2020-01-06,,A,4
102,Bo Hill,SO1,staff,2021-02-01,2027-01-01,,5
"""


@pytest.fixture(autouse=True)
def at_the_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line works on the test's own database."""
    monkeypatch.setenv("PARADE_DATABASE_URL", database_url)


def imported(*arguments: str) -> tuple[int, str]:
    """The exit status and the words of an import of people."""
    result = CliRunner().invoke(people_from_files, arguments)
    return result.exit_code, result.output


def test_a_room_is_added_and_listed(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """The force is made when it is new and found when it is not; a name is taken once."""
    assert run(ADD) == 0
    assert run([*ADD[:-3], "South", *ADD[-2:], "--day-start", "06:30"]) == 0
    assert run(ADD) == 2
    assert "already has a control room called North" in capsys.readouterr().err
    assert run([*ADD, "--day-start", "25:00"]) == 2
    assert run(["room", "list"]) == 0
    assert "Borsetshire/South  Europe/London" in capsys.readouterr().out
    with database.read() as reading:
        (force,) = people.forces(reading)
        starts = {each.name: each.day_start for each in people.rooms(reading, force.id)}
    assert starts == {"North": 420, "South": 390}


def test_people_are_previewed_then_imported_then_already_there(
    database: Database, tmp_path: Path
) -> None:
    """A preview changes nothing; the import does what it said; again there is nothing to do."""
    run(ADD)
    file = tmp_path / "officers.csv"
    file.write_text(OFFICERS)
    call = [str(file), "--room", "Borsetshire/North"]
    said = (
        "officers.csv: not read: shoe\nnew team: A\n"
        "officers: 2 added, 0 changed, 0 ended, 0 unchanged\n"
    )
    assert imported(*call, "--preview") == (
        0,
        f"{said}This is a preview: nothing was changed.\n",
    )
    assert imported(*call) == (0, said)
    assert imported(*call)[1].endswith("Nothing to do: everything is already so.\n")
    with database.read() as reading:
        (room,) = people.rooms(reading, people.forces(reading)[0].id)
        names = [each.details.name for each in people.everyone(reading, room.id)]
    assert names == ["Ann Gill", "Bo Hill"]


def test_bad_files_change_nothing(database: Database, tmp_path: Path) -> None:
    """Every bad row is named, an unknown room too; nobody is kept."""
    run(ADD)
    file = tmp_path / "officers.csv"
    file.write_text(OFFICERS.replace("staff", "guard"))
    status, words = imported(str(file), "--room", "Borsetshire/North")
    assert status == 1
    assert "officers.csv, line 3, employment: Give officer or staff." in words
    assert "Nothing was imported." in words
    assert "There is Borsetshire/North." in imported(str(file), "--room", "North")[1]
    with database.read() as reading:
        (room,) = people.rooms(reading, people.forces(reading)[0].id)
        assert people.everyone(reading, room.id) == ()
