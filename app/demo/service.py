"""What can be done for a demonstration."""
