"""Processes killed at any moment: nothing is lost, nothing doubled, nothing left behind."""
