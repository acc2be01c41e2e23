"""Regression of day totals: its linear problem is solved without threads, and rightly."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.day_totals import Normal


@pytest.mark.parametrize("columns", [1, 2, 40, 120])
def test_coefficients_solve_the_normal_equations(columns: int) -> None:
    """Under priors of any spread the coefficients are those that LAPACK finds."""
    draw = np.random.default_rng(columns)
    matrix = draw.normal(size=(columns + 60, columns))
    normal = Normal(matrix.T @ matrix, draw.normal(size=columns), 3.0)
    spreads = np.exp(draw.normal(size=columns))
    expected = spreads * np.linalg.solve(*normal.ridge(spreads))
    expected[0] += 3.0
    assert normal.solved(spreads) == pytest.approx(expected, rel=1e-9, abs=1e-12)
