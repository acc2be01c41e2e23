"""A searching child holds no more than it needs."""

from __future__ import annotations

import subprocess
import sys

CHILD = """
import sys
from rostering.search.lean import do_without_pandas
do_without_pandas()
from ortools.sat.python import cp_model
import rostering.search.bound, rostering.search.improve, rostering.search.whole
model = cp_model.CpModel()
chosen = [model.new_bool_var(name) for name in "ab"]
model.add_exactly_one(chosen)
model.maximize(chosen[0] + 2 * chosen[1])
solver = cp_model.CpSolver()
assert solver.solve(model) == cp_model.OPTIMAL and solver.objective_value == 2
assert not [name for name in sys.modules if name.startswith("pandas.")]
"""


def test_the_solver_works_where_pandas_is_left_out() -> None:
    """A child's models are laid out and solved as ever, and nothing has loaded pandas."""
    subprocess.run([sys.executable, "-c", CHILD], check=True)
