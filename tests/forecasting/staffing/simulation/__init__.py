"""Tests of forecasting.staffing.simulation."""
