"""Every query about forecasts; each is held to one control room."""
