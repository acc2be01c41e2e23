"""What can be done with preferences."""
