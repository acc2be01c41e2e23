"""From calls to people: Erlang systems, load over time, shrinkage and the staffing requirement."""
