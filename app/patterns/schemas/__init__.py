"""What patterns take and give as JSON, and their forms."""
