"""What every page is made of, and the report of a plan."""
