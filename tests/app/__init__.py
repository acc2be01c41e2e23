"""The service and the command."""
