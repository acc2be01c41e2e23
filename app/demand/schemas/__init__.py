"""Demand as JSON, coming in and going out."""
