"""The report of a plan as one self-contained page that opens offline."""

from __future__ import annotations

from app.web.plan import PlanReport, QueueForecast, SolveFacts
from app.web.render import content_hash, pane_rules, render, script_text, style_text
from app.web.views.answer import answer, figures
from app.web.views.demand import queue_demand
from app.web.views.kinds import key_of
from app.web.views.need_cover import set_view
from app.web.views.roster_grid import last_date, roster_grid
from app.web.views.rulebook import rulebook
from app.web.views.shortfall import room_cover
from app.web.words import period_words

__all__ = ["PlanReport", "QueueForecast", "SolveFacts", "render_report"]


def render_report(plan: PlanReport) -> str:
    """Render the report of a plan as one HTML document without any outside part.

    Every name from outside is escaped; the page's own content security policy admits its one
    style sheet and its one script by their hashes and nothing else, so it can ask for nothing.

    Raises:
        ValueError: when the covers of the problem differ in start, interval or length.
    """
    problem = plan.problem
    room = room_cover(problem, plan.roster)
    demand = [queue_demand(problem, queue, f"q{index}") for index, queue in enumerate(plan.queues)]
    sets = [set_view(problem, room, chosen) for chosen in room.sets] if room else []
    style = style_text() + pane_rules(max(len(demand), len(sets)))
    script = script_text("charts", "roving", "report")
    return render(
        "report.html",
        plan=plan,
        period=period_words(problem.first_day, last_date(problem)),
        answer=answer(plan, room),
        figures=figures(plan, room),
        demand=demand,
        queue_choices=[(queue.queue, "") for queue in demand],
        sets=sets,
        set_choices=[(view.label, view.tag) for view in sets],
        grid=roster_grid(problem, plan.roster, plan.verdict, room),
        kinds=key_of(problem),
        rulebook=rulebook(plan),
        style=style,
        script=script,
        style_hash=content_hash(style),
        script_hash=content_hash(script),
    )
