"""`python -m rostering.benchmark`: what it writes, prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rostering.benchmark.__main__ import main
from tests.rostering.benchmark.evaluator import cost, faults
from tests.rostering.benchmark.making import made_up

SMALL = """# A week for three.
SECTION_HORIZON
7
SECTION_SHIFTS
# name, minutes, shifts that may not follow
E,480,
L,480,E
SECTION_STAFF
A,E=7|L=2,2400,1440,5,2,2,1
B,E=7|L=7,2400,1440,5,2,2,1
C,E=0|L=7,2400,960,4,2,2,0
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
B,2,L,3
SECTION_SHIFT_OFF_REQUESTS
B,3,E,2
SECTION_COVER
0,E,1,100,1
1,E,1,100,1
1,L,1,100,1
2,E,1,100,1
3,E,1,100,1
3,L,1,100,1
5,E,1,100,1
"""


def test_what_is_written_is_what_the_instance_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No limit of the text is broken, and the points printed are what text and rows come to."""
    text = made_up(days=14, people=6, kinds=2)
    (tmp_path / "small.txt").write_text(text)
    out = tmp_path / "roster.csv"
    status = main([str(tmp_path / "small.txt"), "--seconds", "300", "--out", str(out)])
    assert status == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    written = out.read_text()
    assert written.startswith("employee,day,shift\n")
    assert faults(text, written) == []
    assert told["objective"] == cost(text, written)
    assert told["bound"] <= told["objective"]
    assert 0 < told["first_legal_seconds"] <= told["seconds"]


def test_the_evaluator_finds_what_is_wrong() -> None:
    """Each limit broken on purpose is named, so that an empty list means something."""
    rows = ["employee,day,shift"]
    rows += ["A,0,E", "A,2,L", "A,3,E", "A,6,L"]  # off, alone, L then E, too little
    rows += [f"B,{day},E" for day in range(7)]  # six and more in a row, too many minutes
    rows += ["C,1,E", "C,5,L", "D,1,E"]  # not able, a weekend, not on the staff
    found = faults(SMALL, "\n".join(rows))
    for part in (
        "D is not",
        "A works on day 0",
        "A works E after L",
        "A has a run of 1",
        "B works 7 days",
        "B works 3360 minutes",
        "C works E 1 times",
        "C works 1 weekends",
    ):
        assert any(part in fault for fault in found), part


WRONG = [
    ("SECTION_HORIZON\n7", "SECTION_HORIZON\n7 days", "line 3, column 1", "whole number"),
    ("E,480,\n", "E,48O,\n", "line 6, column 3", "whole number"),
    ("L,480,E", "L,480,E|X", "line 7, column 9", "not a shift"),
    ("L,480,E", "E,480,E", "line 7, column 1", "twice"),
    ("A,E=7|L=2,2400", "A,E=7|L,2400", "line 9, column 7", "no shift with one number"),
    ("B,E=7|L=7,2400,1440,5,2,2,1", "B,E=7|L=7,2400,1440,5,2,2", "line 10, column 25", "fields"),
    ("A,0", "A,7", "line 13, column 3", "from 0 to 6"),
    ("B,2,L,3", "D,2,L,3", "line 15, column 1", "not an employee"),
    ("5,E,1,100,1", "5,E,1,100", "line 25, column 7", "fields"),
    ("0,E,1,100,1", "1,E,1,100,1", "line 20, column 1", "twice"),
    ("SECTION_COVER", "SECTION_COVERS", "line 18, column 1", "not a section"),
    ("# A week for three.", "7", "line 1, column 1", "section is to come first"),
]


@pytest.mark.parametrize(("right", "wrong", "where", "said"), WRONG)
def test_bad_input_is_one_sentence_with_its_place(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    right: str,
    wrong: str,
    where: str,
    said: str,
) -> None:
    """A fault of the file is told with file, line and column; nothing is written; status 2."""
    path, out = tmp_path / "bad.txt", tmp_path / "roster.csv"
    path.write_text(SMALL.replace(right, wrong, 1))
    assert main([str(path), "--out", str(out)]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"{path}, {where}: ")
    assert said in sentence
    assert not out.exists()


def test_what_cannot_be_read_or_written_is_refused_before_the_search(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file, an empty one, a folder that is not there and seconds of nought: each once."""
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(SMALL)
    empty.write_text("")
    out = tmp_path / "roster.csv"
    for arguments in (
        [str(tmp_path / "none.txt"), "--out", str(out)],
        [str(empty), "--out", str(out)],
        [str(good), "--out", str(tmp_path / "nowhere" / "roster.csv")],
    ):
        assert main(arguments) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(SystemExit) as left:
        main([str(good), "--out", str(out), "--seconds", "0"])
    assert left.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
