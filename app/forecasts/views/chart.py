"""The chart of a queue's calls as a picture of its own, right in both themes.

Altair is loaded with this module: only who draws imports it.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from app.forecasts.views.handling import LABELS, WEEK, Handling
from app.forecasts.views.outlook import Floats, Outlook
from app.web.charts.altair_svg import TOKENS
from app.web.charts.axis import nice_step
from app.web.charts.demand import FOOT, LEFT, RIGHT, TOP, WIDTH, Calls, calls_svg
from app.web.static_files import ROOT

HEIGHT = 200
"""Of the plot, in pixels."""

FONT = '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif'

LINES = (("before", "fc", "1.2", "1.5 3"), ("counted", "ink", "1.6", "none"))
"""Drawn over the forecast: field, colour, width and dashes."""


def week_svg(shown: Handling) -> str:
    """Minutes of a call with the band of 8 in 10, hour by hour of the week."""
    most = max(1.0, float(np.nanmax(shown.high80)))
    minutes = Calls(shown.mean, ((shown.low80, shown.high80),), LABELS, WEEK, most)
    drawn = calls_svg(
        minutes,
        title=f"{shown.queue}: minutes of a call",
        desc="Hour by hour of the week, with the band that holds 8 in 10 intervals.",
        ident="w",
        height=HEIGHT,
    )
    return _alone(str(drawn))


def chart_svg(shown: Outlook, what: str = "calls expected and counted") -> str:
    """Expected calls with their bands, what came a year before and what came, hour by hour."""
    bands = ((shown.low90, shown.high90), (shown.low80, shown.high80))
    hourly = [(shown.hourly(low), shown.hourly(high)) for low, high in bands]
    lines = [
        (shown.hourly(getattr(shown, field)), token, width, dashes)
        for field, token, width, dashes in LINES
        if field != "before" or shown.has_before
    ]
    tops = [hourly[0][1], *(values for values, *_ in lines)]
    most = max([1.0, *(float(np.nanmax(top)) for top in tops if not np.isnan(top).all())])
    calls = Calls(shown.hourly(shown.mean), tuple(hourly), shown.labels, shown.hours, most)
    drawn = calls_svg(
        calls,
        title=f"{shown.queue}: {what}",
        desc="Hour by hour, with the bands that hold 8 in 10 and 9 in 10 intervals.",
        ident="c",
        height=HEIGHT,
    )
    over = "".join(_path(shown, most, *line) for line in lines)
    return _alone(str(drawn).replace("</svg>", f"{over}</svg>"))


def _path(shown: Outlook, most: float, values: Floats, token: str, width: str, dashes: str) -> str:
    """A line through the middle of each known hour, on the scale of the chart below it."""
    step = nice_step(most, 4)
    top = step * np.ceil(most / step)
    x = LEFT + (np.arange(shown.hours) + 0.5) / shown.hours * (WIDTH - LEFT - RIGHT)
    y = TOP + HEIGHT * (1 - values / top)
    known = ~np.isnan(values)
    begins = known & ~np.concatenate(([False], known[:-1]))
    points = "".join(
        f"{'M' if begins[at] else 'L'}{x[at]:.1f} {y[at]:.1f}" for at in np.flatnonzero(known)
    )
    if not points:
        return ""
    return (
        f'<path d="{points}" fill="none" stroke="var(--{token})" stroke-width="{width}" '
        f'stroke-dasharray="{dashes}" stroke-linejoin="round"/>'
    )


def _alone(svg: str) -> str:
    """A chart that was drawn for a page as a picture that stands alone."""
    size = f'width="{WIDTH}" height="{TOP + HEIGHT + FOOT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}'
    return svg.replace("<svg", head, 1).replace("<title", f"<style>{_style()}</style><title", 1)


@cache
def _style() -> str:
    """The colours of the style sheet that charts use, for the theme in which it is looked at."""
    sheet = (ROOT / "css" / "tokens.css").read_text("utf-8")
    wanted = {*TOKENS, *(token for _, token, *_ in LINES)}
    found = re.findall(r"--([a-z0-9]+): (light-dark\([^)]*\))", sheet)
    colours = "".join(f"--{name}:{value};" for name, value in found if name in wanted)
    return f"svg{{color-scheme:light dark;{colours}}}text{{font:12px {FONT};}}"
