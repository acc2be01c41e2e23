"""Runs of a forecast model, kept with what they were made from."""
