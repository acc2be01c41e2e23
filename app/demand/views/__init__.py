"""Demand laid out for its pages."""
