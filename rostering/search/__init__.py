"""How a good roster is found: annealed lines, neighbourhoods, a bound, children that search."""
