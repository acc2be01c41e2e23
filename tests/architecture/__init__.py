"""The plan of the house, kept by machine."""
