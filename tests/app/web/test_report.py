"""The report as a document: whole, offline, safe."""

from __future__ import annotations

import pytest

from app.web.report import render_report
from tests.app.web import samples


@pytest.fixture(scope="module")
def page() -> str:
    """The report of the made-up plan."""
    return render_report(samples.plan())


def test_it_is_one_document_of_moderate_size(page: str) -> None:
    """Four weeks, three queues and sixty people stay below 1.5 MB in one file."""
    assert page.startswith("<!doctype html>")
    assert len(page.encode()) < 1_500_000


def test_it_asks_nothing_of_any_network(page: str) -> None:
    """No address of another document stands in the page but the names of XML."""
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
    assert "url(" not in page.replace("url(#hatch)", "")
