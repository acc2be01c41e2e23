"""Tests of forecasting.staffing."""
