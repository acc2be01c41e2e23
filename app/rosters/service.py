"""What can be done with rosters."""
