"""Queries about preferences."""
