"""What the pages of wishes show."""
