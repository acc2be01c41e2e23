"""The tables of forecasts."""
