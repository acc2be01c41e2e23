"""What the roster engine is measured on: made-up control rooms and published instances."""
