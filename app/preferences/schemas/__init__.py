"""What preferences take and give: JSON, and forms."""
