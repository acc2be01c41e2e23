"""What can be done with requirements."""
