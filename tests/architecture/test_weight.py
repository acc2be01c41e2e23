"""What is heavy is loaded only where it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("ortools", "statsmodels", "altair", "numba")


@pytest.mark.parametrize(
    "module",
    [
        "rostering.verify",
        "rostering.tally",
        "rostering.solve",
        "forecasting.series",
        "forecasting.models.registry",
        "app.cli",
        "app.rosters.api",
        "app.rosters.jobs",
    ],
)
def test_heavy_packages_stay_out(module: str) -> None:
    """Importing the module does not import what costs seconds or hundreds of megabytes."""
    code = f"import sys, {module}; print(*sorted({{n.split('.')[0] for n in sys.modules}}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not [name for name in HEAVY if name in loaded]
