"""Fairness over time in the service."""
