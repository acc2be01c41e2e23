"""What every page is made of: tokens, components, charts, words, and the report of a plan."""
