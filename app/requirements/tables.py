"""The tables of requirements."""
