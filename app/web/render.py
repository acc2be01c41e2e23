"""The Jinja environment: autoescape always on, a missing name is an error."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.web import words
from app.web.static_files import ROOT, static_url, style_sheet
from app.web.views.job import job_view
from app.web.views.roster_cells import light_cells

HERE = Path(__file__).parent
_MODULE_WORDS = re.compile(r"^import .*\n|^export ", re.MULTILINE)


def template_folders() -> list[Path]:
    """Where templates are found: the kit's own, then `app/<slice>/templates` of every slice."""
    return [HERE / "templates", *sorted(HERE.parent.glob("*/templates"))]


@cache
def environment() -> Environment:
    """The one environment of every template; whatever a template prints is escaped."""
    env = Environment(
        loader=FileSystemLoader(template_folders()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "number": words.number,
        "percent": words.percent,
        "signed": words.signed,
        "hours": words.hours,
        "count": words.count,
        "listed": words.listed,
        "duration": words.duration,
        "day": words.day_words,
        "short_day": words.short_day,
        "date_year": words.date_year,
        "when": words.when,
        "clock": words.clock,
        "light_cells": light_cells,
    }
    env.globals |= {"static_url": static_url, "job_view": job_view}
    return env


def render(template: str, **context: object) -> str:
    """One template as text."""
    return environment().get_template(template).render(**context)


def style_text() -> Markup:
    """The style sheets, ours and therefore safe to stand in a page as they are."""
    return Markup(style_sheet())  # noqa: S704


@cache
def script_text(*names: str) -> Markup:
    """Modules of `static/js/` as one, ours and therefore safe to stand in a page as they are.

    Those that others import come first; what they import and export is then at hand by name.
    """
    text = "\n".join((ROOT / "js" / f"{name}.js").read_text("utf-8") for name in names)
    return Markup(_MODULE_WORDS.sub("", text))  # noqa: S704


def pane_rules(panes: int) -> Markup:
    """Style rules by which a chosen radio button shows its own pane alone, without a script."""
    rules = (
        f'.picker:has(> .head input[value="{i}"]:checked) > .pane:not(.i{i}){{display:none}}'
        for i in range(panes)
    )
    return Markup("\n".join(rules))  # noqa: S704 - made of numbers alone


def content_hash(text: str) -> str:
    """The source expression by which a content security policy admits this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
