"""What can be done with auth."""
