"""Logs are one event a line and hold nothing personal."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog

from app import log


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave structlog as it was."""
    yield
    structlog.reset_defaults()


def test_personal_fields_are_withheld(capsys: pytest.CaptureFixture[str]) -> None:
    """A name or a telephone number that slips in is not written, the event is."""
    log.configure("info", "json")
    structlog.get_logger().info("officer changed", officer="0190", name="Sam Field", phone="5")
    event = json.loads(capsys.readouterr().err)
    assert (event["event"], event["officer"]) == ("officer changed", "0190")
    assert (event["name"], event["phone"]) == ("withheld", "withheld")


@pytest.mark.parametrize("form", ["json", "console"])
def test_what_is_below_the_level_is_left_out(
    form: log.LogForm, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only events of the level and above are written, a line each."""
    log.configure("warning", form)
    structlog.get_logger().info("small")
    structlog.get_logger().warning("large")
    said = capsys.readouterr().err
    assert "small" not in said
    assert "large" in said
    assert said.count("\n") == 1
