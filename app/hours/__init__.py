"""Working time: how each person stands against its limits, by the hours they have worked."""
