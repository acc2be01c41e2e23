"""Forecast models behind one interface, one file each."""
