"""What the doors of scenarios take and give."""
