"""What can be done with forecasts."""
