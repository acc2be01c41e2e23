"""What can be done with demand."""
