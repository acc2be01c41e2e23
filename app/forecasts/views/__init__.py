"""What the Demand page shows of a queue, laid out from counts and forecasts."""
