"""`parade demo`: what is refused at once, and (nightly) the whole of it, twice."""

from __future__ import annotations

import fcntl
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from app.cli import run

PATIENCE = 900.0
"""Seconds; nothing is measured by it."""


def test_a_port_that_is_taken_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is made where nothing could be served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["demo", "--port", port, "--folder", str(tmp_path / "demo")]) == 2
    assert "Nothing can listen at 127.0.0.1" in capsys.readouterr().err
    assert not (tmp_path / "demo" / "parade.sqlite").exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second demonstration in the folder of a running one is refused in one sentence."""
    with (tmp_path / "demo.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert run(["demo", "--port", "0", "--folder", str(tmp_path)]) == 2
    assert "already served" in capsys.readouterr().err


@pytest.mark.nightly
def test_the_demonstration_is_made_once_and_kept(tmp_path: Path) -> None:
    """Made by the product, it is looked at page by page; the second start keeps it.

    The passwords of the first start are of no use after the second.
    """
    first = started(tmp_path)
    pages = looked_at(first)
    assert "Short" in pages["/today"] or "All right" in pages["/today"]
    assert "Synthetic data" in pages["/today"]
    second = started(tmp_path)
    assert "as it was left" in second
    assert accounts(first).keys() == accounts(second).keys()
    assert not set(accounts(first).values()) & set(accounts(second).values())


def started(folder: Path) -> str:
    """What a demonstration says until it serves; its pages are looked at, then it is stopped."""
    command = [sys.executable, "-c", "from app.cli import main; main()", "demo", "--port", "0"]
    with subprocess.Popen(
        [*command, "--folder", str(folder)], stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        said, before = "", time.monotonic() + PATIENCE
        assert process.stdout is not None
        while "Parade is at" not in said and time.monotonic() < before:
            said += process.stdout.readline()
        try:
            return said + "".join(f"\n== {path}\n{text}" for path, text in visited(said).items())
        finally:
            process.send_signal(signal.SIGINT)


def visited(said: str) -> dict[str, str]:
    """The manager's pages of the first room, all answered with 200."""
    match = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert match, said
    with httpx2.Client(base_url=match[0], follow_redirects=True) as browser:
        sign_in = browser.get("/sign-in").text
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', sign_in))
        names = re.findall(r'<input class="in[^>]*name="(\w+)"', sign_in)
        typed = dict(zip(names, ["manager", accounts(said)["manager"]], strict=True))
        home = browser.post("/sign-in", data={**fields, **typed})
        room = str(home.url).rpartition("/")[0]
        found = {}
        for place in ("today", "demand", "cover", "rosters", "people", "wishes"):
            answer = browser.get(f"{room}/{place}")
            assert answer.status_code == 200, place
            found[f"/{place}"] = answer.text
        return found


def looked_at(said: str) -> dict[str, str]:
    """Pages by place, from what `started` gave."""
    parts = re.split(r"\n== (/\w+)\n", said)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def accounts(said: str) -> dict[str, str]:
    """Passwords by sign-in name."""
    return dict(re.findall(r"^  (\S+)\s+((?:\w{4}-){3}\w{4})", said, re.MULTILINE))
