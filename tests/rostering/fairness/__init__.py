"""Tests of fairness over time."""
