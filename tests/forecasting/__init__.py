"""Tests of the forecasting library."""
