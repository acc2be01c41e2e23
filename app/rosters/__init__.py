"""Rosters: made, checked, edited, explained, published."""
