"""Forecasts as JSON, coming in and going out."""
