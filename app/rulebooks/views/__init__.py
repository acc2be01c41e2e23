"""What the pages of rules show, laid out from what the service gives."""
