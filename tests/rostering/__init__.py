"""Rosters: rules, their agreement with the solver, and the search."""
