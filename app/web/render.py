"""The Jinja environment: autoescape always on, a missing name is an error."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.web import words

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """The one environment of every template; whatever a template prints is escaped."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
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
    }
    return env


def render(template: str, **context: object) -> str:
    """One template as text."""
    return environment().get_template(template).render(**context)


@cache
def static(name: str) -> Markup:
    """A file of `static/`, ours and therefore safe to stand in a page as it is."""
    return Markup((HERE / "static" / name).read_text("utf-8"))  # noqa: S704


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
