"""Rosters laid out for people to look at."""
