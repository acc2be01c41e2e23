"""A real browser for tests, or one loud line where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, or a loud skip."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="BROWSER CHECKS NOT RUN: Playwright is not installed"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"BROWSER CHECKS NOT RUN: no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield found
        found.close()
