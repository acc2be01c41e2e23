"""The tables of demand."""
