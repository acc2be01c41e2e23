"""Rosters as JSON."""
