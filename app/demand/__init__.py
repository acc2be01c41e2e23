"""Queues and their counts: uploads, mappings, revisions."""
