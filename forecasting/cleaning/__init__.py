"""Counts that cannot be what came: found, told in words, and what could stand in their place."""
