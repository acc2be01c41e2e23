"""People needed per set of queues and interval."""
