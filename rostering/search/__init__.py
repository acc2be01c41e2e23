"""How a good roster is found: first lines, neighbourhoods, a bound, and the children that search."""
