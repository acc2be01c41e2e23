"""Altair charts as thin inline SVG whose colours follow the page's theme.

An SVG drawn on the server cannot know the reader's theme, so a chart is drawn in stand-in colours,
one for each token of the style sheet, which are replaced by the tokens afterwards.
"""

from __future__ import annotations

import re

import altair as alt
import vl_convert
from markupsafe import Markup, escape

TOKENS = ("ink", "ink2", "ink3", "line", "line2", "edge", "re", "band", "band2", "fc")
"""Custom properties of `parade.css` that a chart may ask for."""

_STAND_INS = {token: f"#fe01{index:02x}" for index, token in enumerate(TOKENS)}
_DROPPED = re.compile(
    r' (?:role|aria-[a-z]+|class|pointer-events|stroke-miterlimit|font-family|opacity="1)'
    r'(?:="[^"]*")?"?'
)
_EMPTY = re.compile(r'<path d="(?:M0,0h[\d.]*v[\d.]*h-?[\d.]*Z)?"(?: display="none")?/>|<g></g>')
_LONG = re.compile(r"-?\d+\.\d{2,}")


def colour(token: str) -> str:
    """The stand-in colour of a token."""
    return _STAND_INS[token]


Rows = list[dict[str, float | None]]
DATA = "rows"
"""Name by which a chart speaks of its data, which are added after Altair has read the chart."""


def to_svg(chart: alt.LayerChart, rows: Rows, *, title: str, desc: str, ident: str) -> Markup:
    """Draw an Altair chart as an `svg` element with a title and a description.

    Args:
        chart: an Altair chart of the data named `DATA`, its colours from `colour`.
        rows: the data.
        title: what it shows, in words; escaped here.
        desc: more of it, in words; escaped here.
        ident: an id that is unique on the page.
    """
    spec = chart.to_dict() | {"datasets": {DATA: rows}}
    drawn: str = vl_convert.vegalite_to_svg(spec)
    return Markup(
        '<svg class="plot" viewBox="{box}" role="img" aria-labelledby="{id}t {id}d">'
        '<title id="{id}t">{title}</title><desc id="{id}d">{desc}</desc>{body}</svg>'
    ).format(
        box=_box(drawn),
        id=escape(ident),
        title=title,
        desc=desc,
        body=Markup(_themed(_thin(drawn))),  # noqa: S704 - escaped by the converter
    )


def _box(svg: str) -> str:
    found = re.search(r'viewBox="([\d. -]+)"', svg)
    if found is None:
        raise ValueError("the drawing has no viewBox")
    return found[1]


def _thin(svg: str) -> str:
    """Without its root element, what nobody sees, and more than a tenth of a pixel."""
    body = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    body = re.sub(r'^<rect [^>]*fill="white"/>', "", body)
    body = _DROPPED.sub("", body)
    while (shorter := _EMPTY.sub("", body)) != body:
        body = shorter
    return _LONG.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), body)


def _themed(svg: str) -> str:
    for token, stand_in in _STAND_INS.items():
        svg = svg.replace(f'"{stand_in}"', f'"var(--{token})"')
    return svg
