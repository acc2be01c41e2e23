"""Calls over time: counted, or expected with its bands."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import altair as alt
import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from app.web.charts.altair_svg import DATA, Rows, colour, to_svg
from app.web.charts.axis import nice_step

FloatArray = npt.NDArray[np.float64]

WIDTH, LEFT, RIGHT, TOP, FOOT = 1392, 52, 4, 8, 24


@dataclass(frozen=True, eq=False)
class Calls:
    """What a chart of calls shows, a point an hour.

    Attributes:
        middle: calls counted or expected, shape (hours,); NaN where nothing was observed.
        bands: from the widest to the narrowest, (low, high) of shape (hours,); () when counted.
        days: label of each local day by the hour at which it begins.
        hours: length of the time axis.
        most: calls that the axis must reach.
    """

    middle: FloatArray
    bands: tuple[tuple[FloatArray, FloatArray], ...]
    days: Mapping[int, str]
    hours: int
    most: float


def calls_svg(calls: Calls, *, title: str, desc: str, ident: str, height: int = 132) -> Markup:
    """Draw calls over time as a line, over its bands where it has any."""
    base = alt.Chart(alt.NamedData(DATA)).encode(x=_x(calls))
    tokens = ("band", "band2")
    layers: list[alt.Chart] = [
        base.mark_area(color=colour(tokens[index]), opacity=1).encode(
            y=_y(calls, f"low{index}"), y2=alt.Y2(f"high{index}:Q")
        )
        for index in range(len(calls.bands))
    ]
    line = colour("re" if calls.bands else "ink2")
    layers.append(base.mark_line(color=line, strokeWidth=1.5).encode(y=_y(calls, "middle")))
    chart = (
        alt.layer(*layers)
        .properties(
            width=WIDTH - LEFT - RIGHT,
            height=height,
            autosize=alt.AutoSizeParams(type="none"),
            padding={"left": LEFT, "right": RIGHT, "top": TOP, "bottom": FOOT},
        )
        .configure_view(stroke=None)
    )
    return to_svg(chart, _rows(calls), title=title, desc=desc, ident=ident)


def _rows(calls: Calls) -> Rows:
    """A row an hour; the point stands in the middle of its hour."""
    columns = {"middle": calls.middle}
    for index, (low, high) in enumerate(calls.bands):
        columns |= {f"low{index}": low, f"high{index}": high}
    return [
        dict(zip(("x", *columns), (hour + 0.5, *map(_value, values)), strict=True))
        for hour, values in enumerate(zip(*columns.values(), strict=True))
    ]


def _value(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)


def _x(calls: Calls) -> alt.X:
    return alt.X(
        "x:Q",
        scale=alt.Scale(domain=[0, calls.hours], nice=False),
        axis=alt.Axis(
            title=None,
            values=list(calls.days),
            labelExpr=f"({json.dumps({str(k): v for k, v in calls.days.items()})})[datum.value]",
            labelAlign="left",
            labelOffset=3,
            labelPadding=6,
            labelFontSize=12,
            labelColor=colour("ink2"),
            labelOverlap="greedy",
            gridColor=colour("line2"),
            domainColor=colour("edge"),
            ticks=False,
        ),
    )


def _y(calls: Calls, field: str) -> alt.Y:
    step = nice_step(calls.most, 4)
    ticks = [step * index for index in range(math.ceil(calls.most / step) + 1)]
    return alt.Y(
        f"{field}:Q",
        scale=alt.Scale(domain=[0, ticks[-1]], nice=False),
        axis=alt.Axis(
            title=None,
            values=ticks,
            labelFontSize=12,
            labelPadding=8,
            labelColor=colour("ink2"),
            gridColor=colour("line"),
            domain=False,
            ticks=False,
        ),
    )
