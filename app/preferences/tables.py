"""The tables of preferences."""
