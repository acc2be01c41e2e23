"""What people take and give as JSON."""
