"""Demonstration rooms, made by the product itself."""
