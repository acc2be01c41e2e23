"""Counts in, forecasts and staffing out: a pure library without database or HTTP."""
