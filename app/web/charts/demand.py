"""Calls over time: counted, or expected with its bands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from app.web.charts.altair_svg import colour, to_svg

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
        most: top of the axis of calls.
    """

    middle: FloatArray
    bands: tuple[tuple[FloatArray, FloatArray], ...]
    days: Mapping[int, str]
    hours: int
    most: float


def calls_svg(calls: Calls, *, title: str, desc: str, ident: str, height: int = 132) -> Markup:
    """Draw calls over time as a line, over its bands where it has any."""
    layers: list[Any] = [
        _band(calls, low, high, token)
        for (low, high), token in zip(calls.bands, ("band", "band2"), strict=False)
    ]
    layers.append(_line(calls))
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
    return to_svg(chart, title=title, desc=desc, ident=ident)


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
    return alt.Y(
        f"{field}:Q",
        scale=alt.Scale(domain=[0, calls.most], nice=True),
        axis=alt.Axis(
            title=None,
            tickCount=4,
            labelFontSize=12,
            labelPadding=8,
            labelColor=colour("ink2"),
            gridColor=colour("line"),
            domain=False,
            ticks=False,
        ),
    )


def _points(columns: Mapping[str, FloatArray]) -> alt.InlineData:
    names = list(columns)
    rows: list[dict[str, float | None]] = [
        dict(zip(["x", *names], [hour + 0.5, *map(_value, values)], strict=True))
        for hour, values in enumerate(zip(*columns.values(), strict=True))
    ]
    return alt.InlineData(values=rows)


def _value(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)


def _band(calls: Calls, low: FloatArray, high: FloatArray, token: str) -> alt.Chart:
    chart = alt.Chart(_points({"low": low, "high": high}))
    marked: alt.Chart = chart.mark_area(color=colour(token), opacity=1)
    return marked.encode(x=_x(calls), y=_y(calls, "low"), y2=alt.Y2("high:Q"))


def _line(calls: Calls) -> alt.Chart:
    chart = alt.Chart(_points({"middle": calls.middle}))
    marked: alt.Chart = chart.mark_line(
        color=colour("re" if calls.bands else "ink2"), strokeWidth=1.5
    )
    return marked.encode(x=_x(calls), y=_y(calls, "middle"))
