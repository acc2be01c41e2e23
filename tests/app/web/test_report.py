"""The report as a document: whole, offline, safe, and true to its plan."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from app.web.plan import PlanReport, SolveFacts
from app.web.report import render_report
from app.web.views.answer import answer, figures, gap_share
from app.web.views.rulebook import says
from app.web.views.shortfall import room_cover
from rostering.problem import Problem, Roster
from rostering.rules.daily_rest import DailyRest
from rostering.rules.weekends_off import WeekendsOff
from rostering.verify import verify
from tests.app.web import samples

EVIL = "</td></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def page() -> str:
    """The report of the made-up plan."""
    return render_report(samples.plan())


def bare(plan: PlanReport, **changes: object) -> PlanReport:
    """The plan without forecasts, which take the longest to draw."""
    return replace(plan, **{"queues": (), **changes})  # type: ignore[arg-type]


def test_it_is_one_document_of_moderate_size(page: str) -> None:
    """Four weeks, three queues and sixty people stay below 1.5 MB in one file."""
    assert page.lstrip().startswith("<!doctype html>")
    assert len(page.encode()) < 1_500_000


def test_it_asks_nothing_of_any_network(page: str) -> None:
    """No address of anything outside stands in it, and its policy admits only its own parts."""
    assert not re.search(r"https?://|//cdn|@import", page)
    assert set(re.findall(r"url\((.*?)\)", page)) == {"#hatch"}
    assert "default-src 'none'" in page


def test_names_from_files_come_out_harmless() -> None:
    """A name that is markup shows as text, in the grid, the words, the charts and their data."""
    plan = samples.plan()
    asked = plan.problem
    officers = tuple(replace(o, name=EVIL, skills=o.skills | {EVIL}) for o in asked.officers)
    covers = tuple(replace(c, queues=(EVIL, *c.queues)) for c in asked.cover)
    renamed = replace(asked, officers=officers, cover=covers, name=EVIL)
    page = render_report(
        replace(
            plan,
            room=EVIL,
            problem=renamed,
            verdict=verify(renamed, plan.roster),
            queues=(replace(plan.queues[2], queue=EVIL),),
            notes=(EVIL,),
            assumed=(EVIL,),
            version=EVIL,
        )
    )
    assert "alert(1)" in page
    parsed = Tags()
    parsed.feed(page)
    assert parsed.count["script"] == 1
    assert "img" not in parsed.count
    assert not parsed.handlers


class Tags(HTMLParser):
    """Counts elements and collects event handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        self.count[tag] = self.count.get(tag, 0) + 1
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_ids_are_unique_and_references_hold(page: str) -> None:
    """Every aria reference and every link inside the page leads somewhere, once."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    used = " ".join(re.findall(r'aria-labelledby="([^"]+)"', page)).split()
    used += re.findall(r'href="#([^"]+)"', page)
    assert set(used) <= set(ids)


def test_there_is_no_inline_style_and_no_handler(page: str) -> None:
    """The page stands under a strict content security policy."""
    assert not re.search(r"<[^>]+ style=", page)
    assert not re.search(r"<[^>]+ on[a-z]+=", page)


def test_the_answer_names_total_worst_stretch_and_breaches() -> None:
    """A lawless and short roster says both, breach first."""
    plan = samples.plan()
    said = answer(plan, room_cover(plan.problem, plan.roster))
    assert said.good == ""
    assert re.fullmatch(
        r"The roster breaks the rules in 1 place\. It is short for [\d,.]+ person-hours in 28 "
        r"days, worst on \w+ \d+ \w+ from \d\d:\d\d to \d\d:\d\d, by (up to )?\d+ people.*\.",
        said.trouble,
    )


def test_a_lawful_short_roster_says_the_good_first() -> None:
    """Only the shortage is trouble when every rule is kept."""
    plan = samples.plan(broken=False)
    said = answer(plan, room_cover(plan.problem, plan.roster))
    assert said.good == "The roster keeps every rule."
    assert said.trouble.startswith("It is short for ")


def test_a_covered_roster_has_no_trouble() -> None:
    """Nothing needed, nothing short."""
    plan = samples.plan(broken=False)
    asked = replace(
        plan.problem,
        cover=tuple(replace(c, required=np.zeros_like(c.required)) for c in plan.problem.cover),
    )
    said = answer(plan, room_cover(asked, plan.roster))
    assert (said.good, said.trouble) == (
        "The roster keeps every rule. Every interval has the people it needs.",
        "",
    )


def test_figures_agree_with_the_data() -> None:
    """Calls are the sum of the means, wishes those that the rules' own check leaves unbroken."""
    plan = samples.plan()
    by_label = {f.label: f for f in figures(plan, room_cover(plan.problem, plan.roster))}
    calls = sum(float(q.mean.sum()) for q in plan.queues)
    assert by_label["Calls expected"].value == f"{calls:,.0f}"
    made = sum(len(o.preferences) for o in plan.problem.officers)
    unmet = sum(b.rule == "preferences" for b in plan.verdict.priced)
    assert by_label["Wishes met"].value == f"{made - unmet} of {made}"


@pytest.mark.parametrize(
    ("objective", "bound", "share"),
    [(606, 584, 22 / 606), (0, 0, 0.0), (10, 0, None), (5, 7, 0.0)],
)
def test_the_distance_is_told_only_where_the_bound_says_something(
    objective: float, bound: float, share: float | None
) -> None:
    """A bound of nothing proves nothing; equal means best possible."""
    assert gap_share(SolveFacts(objective, bound, 1.0)) == share


def test_a_broken_rule_stands_in_words_and_marks_its_shifts(page: str) -> None:
    """The breach is a sentence in the list and a ring with words on each shift involved."""
    breach = samples.plan().verdict.hard[0]
    assert breach.words in page
    assert page.count("breaks a rule: daily rest") == len(breach.tours) == 2


def test_many_breaches_are_all_told() -> None:
    """Beyond ten the rest folds away but is there."""
    plan = samples.plan()
    poor = tuple(replace(o, least_minutes=9000) for o in plan.problem.officers)
    asked = replace(plan.problem, officers=poor)
    verdict = verify(asked, plan.roster)
    page = render_report(bare(plan, problem=asked, verdict=verdict))
    assert len(verdict.hard) > 10
    assert page.count('class="flag"') == len(verdict.hard)
    assert f"{len(verdict.hard) - 10} more<" in page


def test_no_breach_is_said_too() -> None:
    """An empty list is never silence."""
    page = render_report(bare(samples.plan(broken=False)))
    assert "No rule is broken." in page
    assert 'class="flag"' not in page


def test_every_person_and_every_day_stands_in_the_grid(page: str) -> None:
    """A row per officer with a cell per day, each with words."""
    start = page.index('<table class="roster">')
    grid = page[start : page.index("</table>", start)]
    for officer in samples.plan().problem.officers:
        assert officer.name in grid
    body = grid[grid.index("<tbody>") :]
    assert body.count("<tr>") == 60
    assert (
        body.count("<i>rest")
        + body.count("<i>away")
        + len(re.findall(r"<i>(?:Early|Day|Late|Night) ", body))
        == 60 * 28
    )


def test_a_clock_change_keeps_its_hours(page: str) -> None:
    """The night in which the clocks go back ends at 07:00 on the wall and lasts 9 hours."""
    asked = samples.problem()
    night = asked.tour(19, asked.shift_index["N"])
    assert night.minutes == 9 * 60
    assert "Night 23:00 to 07:00" in page


def test_a_plan_without_forecast_cover_or_search_is_still_a_page() -> None:
    """Only the roster and its rules are left; nothing else is promised."""
    plan = samples.plan()
    asked = replace(plan.problem, cover=())
    page = render_report(bare(plan, problem=asked, solve=None, notes=(), assumed=()))
    assert 'id="cover"' not in page
    assert 'href="#demand"' not in page
    assert "Nothing. Every number was given." in page


def test_a_room_of_nobody_is_still_a_page() -> None:
    """No officers, no shifts worked: the need is all short."""
    asked: Problem = replace(samples.problem(()), days=7)
    empty = Roster({})
    plan = PlanReport("Empty", asked, empty, verify(asked, empty))
    assert "It is short for" in render_report(plan)


def test_a_rule_says_its_own_numbers() -> None:
    """Minutes are told as hours, other numbers as they are."""
    assert says(DailyRest(minutes=600)).endswith("lie at least 10 h.")
    assert says(WeekendsOff(least=2)).startswith("At least 2 of every four weekends")
