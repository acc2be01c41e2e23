"""What components are drawn from: jobs in words, falling lines, bars, months, light cells."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import made_up
from app.web.charts.fall import FLOOR, LEFT, RIGHT, TOP, fall
from app.web.patterns import JOBS, MadeUpJob
from app.web.render import environment
from app.web.views.calls_charts import counted_chart
from app.web.views.day_bar import Stretch, day_bar
from app.web.views.days import Period
from app.web.views.job import STATES, job_view
from app.web.views.kinds import key_of
from app.web.views.month import MonthDay, month_view
from app.web.views.need_cover import set_view
from app.web.views.roster_cells import Cell, breach_marks, light_cells
from app.web.views.roster_grid import roster_grid
from app.web.views.rulebook import rulebook
from app.web.views.shortfall import room_cover
from rostering.rules.base import Breach
from rostering.rules.registry import RULES
from rostering.verify import Verdict, verify
from tests.app.web import samples

POINTS = st.lists(
    st.tuples(st.floats(0, 1e4), st.floats(0, 1e7), st.one_of(st.none(), st.floats(-10.0, 1e7))),
    min_size=1,
    max_size=20,
).map(lambda points: sorted(points, key=lambda point: point[0]))


@given(POINTS, st.floats(0, 1e4))
def test_a_falling_line_stays_inside_its_picture(
    points: list[tuple[float, float, float | None]], limit: float
) -> None:
    """Whatever a search tells of itself, no corner leaves the plot."""
    chart = fall(points, limit)
    assert chart is not None
    for path in (chart.now, chart.bound, chart.between):
        for x, y in re.findall(r"([\d.]+) ([\d.]+)", path):
            assert LEFT <= float(x) <= RIGHT
            assert TOP <= float(y) <= FLOOR


def test_no_point_is_no_line() -> None:
    """A search that found nothing yet has nothing to draw."""
    assert fall([]) is None


def test_a_job_says_how_far_it_is() -> None:
    """Words, time and share come from what it last told."""
    view = job_view(JOBS["running"])
    assert view.live
    assert view.time.replace("\N{NO-BREAK SPACE}", " ") == "2 min 10 s of 10 min"
    assert view.share == 22
    assert view.words.endswith("You can leave this page; the work goes on.")
    assert view.fall is not None
    assert view.fall.best == "best possible is at least 584"


def test_a_failed_job_says_why_and_nothing_else() -> None:
    """Its sentence stands alone."""
    assert job_view(JOBS["failed"]).words == "No forecast covers 4 to 31 January. Make one first."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"objective": 606, "bound": 584}, "It is within 3.6 % of the best possible."),
        ({"objective": 5, "bound": 5}, "This is the best possible."),
        ({"objective": 5, "bound": 0}, ""),
        ({}, ""),
    ],
)
def test_the_distance_is_told_where_the_bound_says_something(
    told: dict[str, object], words: str
) -> None:
    """A bound of nothing proves nothing."""
    said = job_view(MadeUpJob("done", progress=told)).words
    assert said.replace("\N{NO-BREAK SPACE}", " ") == words


@given(
    st.sampled_from([*STATES, "of another kind"]),
    st.dictionaries(
        st.sampled_from(["words", "phase", "seconds", "limit_seconds", "share", "objective"]),
        st.one_of(st.none(), st.text(), st.floats(0, 1e6), st.integers(0, 10**6), st.booleans()),
    ),
)
def test_whatever_a_job_tells_it_can_be_shown(state: str, told: dict[str, object]) -> None:
    """A missing or strange value is left out, never an error."""
    view = job_view(MadeUpJob(state, progress=told))
    assert view.share is None or 0 <= view.share <= 100


@given(st.lists(st.integers(15, 600), min_size=1, max_size=12))
def test_the_parts_of_a_bar_fill_it_without_a_gap(minutes: list[int]) -> None:
    """Each part begins where the one before ends, and the last ends with the bar."""
    bar = day_bar(14 * 60, [Stretch(m, "a", "999") for m in minutes], "w")
    ends = [0.0, *(part.x + part.width for part in bar.parts)]
    for part, before in zip(bar.parts, ends, strict=False):
        assert part.x == pytest.approx(before, abs=0.02)
    assert ends[-1] == pytest.approx(100, abs=0.02)
    assert all(mark.x <= 100 for mark in bar.marks)


def test_times_under_a_bar_go_past_midnight() -> None:
    """A night from 22:00 for nine hours ends at 07:00."""
    marks = day_bar(22 * 60, [Stretch(300, "a"), Stretch(240, "b")], "w").marks
    assert [mark.text for mark in marks] == ["22:00", "03:00", "07:00"]


def test_a_month_has_every_day_once_under_its_weekday() -> None:
    """December 2026 begins on a Tuesday; what was not published says so."""
    days = {date(2026, 12, 12): MonthDay("L", "Late 14:00 to 22:00", "wn")}
    month = month_view(2026, 12, days, today=date(2026, 12, 8))
    cells = [cell for week in month.weeks for cell in week if cell is not None]
    assert [cell.number for cell in cells] == list(range(1, 32))
    assert month.weeks[0][0] is None
    assert month.weeks[0][1] is not None
    assert month.label == "December 2026"
    told = cells[11]
    assert (told.letter, told.words, told.marks, told.known) == (
        "L",
        "Late 14:00 to 22:00",
        "wn",
        True,
    )
    assert cells[12].words == "not published"
    assert [cell.number for cell in cells if cell.today] == [8]


def test_names_of_shifts_and_wishes_come_out_of_cells_harmless() -> None:
    """Class names, codes and words are escaped, quoted or not."""
    evil = '"><script>alert(1)</script>'
    html = str(light_cells([Cell(evil, evil, evil, evil, evil), Cell("E", f"x{evil}", "")]))
    assert "<script" not in html
    assert html.count("<td") == 2


def test_a_cell_sends_no_more_than_it_must() -> None:
    """A class and a letter; words of marks; the code of a shift that its letter does not name."""
    cells = [
        Cell("E", "E", "Early 07:00 to 15:00"),
        Cell("", "", "rest"),
        Cell("L", "L we b", "w", "breaks a rule: daily rest", "L2"),
    ]
    assert str(light_cells(cells)) == (
        '<td class=E>E<td><td class="L we b" data-s="L2">L<i>breaks a rule: daily rest</i>'
    )


def test_a_roster_of_300_people_and_28_days_is_light() -> None:
    """The grid with its key stays under 20 kB compressed, a row a person with its number."""
    officers = tuple(
        replace(officer, id=f"{copy}{officer.id}", name=f"{officer.name} {copy}")
        for copy in range(3)
        for officer in samples.made_up_officers(100)
    )
    asked = samples.problem(officers)
    made = samples.roster_of(asked)
    grid = roster_grid(asked, made, verify(asked, made), room_cover(asked, made))
    template = (
        '{% from "components/roster_grid.html" import roster_table %}'
        '{{ roster_table(grid, kinds, {"panel": "/panel?row={row}&day={day}"}) }}'
    )
    html = environment().from_string(template).render(grid=grid, kinds=key_of(asked))
    assert html.count("<tr data-r=") == 300
    assert len(gzip.compress(html.encode(), 6)) < 20_000
    rows = {int(found) for found in re.findall(r"data-r=(\d+)", html)}
    assert rows == set(range(300))


def test_only_the_people_asked_for_are_shown_under_their_own_numbers() -> None:
    """A filter leaves the number of a row as it is."""
    asked, made = made_up.problem(), made_up.roster()
    grid = roster_grid(asked, made, verify(asked, made), None, only={"o7", "o12"})
    assert [(row.row, row.name) for row in grid.people] == [(7, "Gill, Owen"), (12, "Marsh, Sean")]
    assert grid.cover == ()


def test_what_is_not_yet_published_and_holidays_are_marked() -> None:
    """Stripes with words on the cells, a cap on the day."""
    grid = made_up.grid()
    owen = next(row for row in grid.people if row.name == "Gill, Owen")
    assert "u" in owen.cells[5].classes.split()
    assert owen.cells[5].marks.endswith("not yet published")
    assert [day.number for day in grid.days if day.holiday] == [25, 28, 1]


def test_counts_alone_are_charted_for_any_period() -> None:
    """Without a forecast; None where nothing of the period was counted."""
    period = Period(samples.FIRST_DAY, 10, samples.ZONE)
    queue = samples.queue_forecasts()[0]
    counted = queue.mean[: 10 * 96]
    chart = counted_chart(period, "999", queue.start, 15, counted, "c")
    assert chart is not None
    assert chart.title == "Counted, 5 to 18 October"
    later = Period(date(2027, 5, 3), 7, samples.ZONE)
    assert counted_chart(later, "999", queue.start, 15, counted, "c") is None


@pytest.mark.parametrize("day", [0, 19, 20, 21, 27])
def test_a_period_keeps_time_as_a_problem_does(day: int) -> None:
    """The same instants, over the night in which the clocks go back too."""
    asked = samples.problem(())
    period = Period(samples.FIRST_DAY, samples.DAYS, samples.ZONE)
    assert [period.instant(day, m) for m in (0, 90, 720)] == [
        asked.instant(day, m) for m in (0, 90, 720)
    ]


def test_a_set_of_queues_says_apart_what_it_has_and_what_it_lacks() -> None:
    """Need and cover are one sentence, what is missing another; one person-hour is one."""
    plan = samples.plan()
    room = room_cover(plan.problem, plan.roster)
    assert room is not None
    whole = room.sets[0]
    lacking = set_view(plan.problem, room, whole)
    assert re.fullmatch(r"[\d,]+ person-hours needed, [\d,]+ rostered\.", lacking.answer)
    assert " missing (" in lacking.trouble
    enough = np.maximum(whole.on_duty, whole.cover.required)
    one = enough.copy()
    one[:4] = whole.cover.required[:4] - 1
    short = set_view(plan.problem, room, replace(whole, on_duty=one))
    assert short.trouble.startswith("1 is missing (")
    assert [gap.note for gap in short.gaps] == ["1 person-hour"]
    full = set_view(plan.problem, room, replace(whole, on_duty=enough))
    assert full.answer.endswith("rostered. Nobody is missing at any time.")
    assert full.trouble == ""


def test_points_that_are_told_by_no_breach_are_not_counted_as_none() -> None:
    """Where a verdict tells cover by points alone, the price list leaves the times open."""
    plan = samples.plan()
    untold = replace(plan.verdict, priced=())
    prices = rulebook(replace(plan, verdict=untold)).prices
    assert prices
    assert {price.times for price in prices} == {""}


def test_only_what_a_manager_should_look_at_is_marked() -> None:
    """A night of 9 h, an early start, a change of what was told: none; a backward change: one."""
    asked, made = made_up.problem(), made_up.roster()
    officer = asked.officers[0].id
    tours = made.tours[officer][:2]
    quiet = (
        "demanding_length", "early_starts", "night_share", "fair_shares", "fatigue", "stability",
    )  # fmt: skip
    asked = replace(asked, rules=tuple(RULES[code]() for code in (*quiet, "rotation")))
    found = tuple(Breach(code, officer, tours[:1], 1, code) for code in quiet)
    assert breach_marks(asked, made, Verdict((), found, {})) == {}
    loud = Breach("rotation", officer, tours, 1, "backward")
    marks = breach_marks(asked, made, Verdict((), (*found, loud), {}))
    assert marks == {(officer, tour.day): {"g": "forward rotation"} for tour in tours}
