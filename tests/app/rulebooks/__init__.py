"""Rulebooks: what a force says, what holds, and the pages and doors."""
