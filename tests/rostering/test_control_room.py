"""The made-up control room that the engine is measured on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.__main__ import main
from rostering.benchmark.control_room import control_room, demand_hours
from rostering.benchmark.rooms import mostly_fixed
from rostering.cover_grid import Counting
from rostering.search.anneal import anneal


def test_the_same_numbers_make_the_same_room() -> None:
    """A room is drawn from its seed alone, so that two runs measure one thing."""
    one, same, other = (control_room(12, 0.93, seed=seed) for seed in (1, 1, 2))
    assert one.officers == same.officers
    assert one.officers != other.officers
    assert all(
        np.array_equal(a.required, b.required) for a, b in zip(one.cover, same.cover, strict=True)
    )


@pytest.mark.parametrize("load", [0.93, 1.05])
def test_the_load_is_demand_over_contracted_hours(load: float) -> None:
    """What is asked is the load's share of what contracts hold, leave taken off."""
    room = control_room(300, load)
    contracted = sum(o.least_minutes + o.most_minutes for o in room.officers) / 2 / 60
    assert demand_hours(room) == pytest.approx(load * contracted, rel=0.002)


def test_the_room_is_shaped_as_measured() -> None:
    """Thirty templates, six groups of skills, a fifth part time, 7 % of the weeks on leave."""
    room = control_room(1000, 0.93)
    assert len(room.shifts) == 30
    assert {shift.minutes for shift in room.shifts} == {480, 600, 720}
    assert len({officer.skills for officer in room.officers}) == 6
    assert all(len(officer.preferences) == 6 for officer in room.officers)
    away = sum(len(officer.unavailable) for officer in room.officers)
    assert away / 4000 == pytest.approx(0.07, abs=0.01)
    weeks = np.array([4 - len(officer.unavailable) for officer in room.officers])
    least = np.array([officer.least_minutes for officer in room.officers])
    assert np.mean(least < 30 * 60 * weeks) == pytest.approx(0.2, abs=0.03)


def test_a_mostly_fixed_room_has_a_lawful_roster() -> None:
    """About the share that is asked is fixed, and what is left free can be made lawful."""
    room = mostly_fixed(control_room(12, 0.9, days=14), 0.8, seed=3)
    allowed = Allowed.of(room)
    assert 1 - allowed.movable.mean() == pytest.approx(0.8, abs=0.12)
    *_, last = anneal(Counting.of(room), allowed, allowed.empty(), seconds=1.0, seed=1)
    assert not last.unlawful


def test_a_room_is_measured_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line tells points, bound, times and memory of a room."""
    asked = "control-room --officers 6 --load 0.9 --days 7 --seconds 3"
    status = main(asked.split())
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["legal"] == (status == 0) == (told["objective"] is not None)
    assert told["bound"] is None or not told["legal"] or told["bound"] <= told["objective"]
    assert told["memory_mb"] > 0


@pytest.mark.parametrize("wrong", ["--officers 0", "--load much", "--fixed 2", "--days 1.5"])
def test_a_number_out_of_range_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is named, and nothing is solved."""
    with pytest.raises(SystemExit) as left:
        main(["control-room", *wrong.split()])
    assert left.value.code == 2
    assert wrong.split(maxsplit=1)[0] in capsys.readouterr().err
