"""Durable jobs: asked for in the caller's transaction, worked off elsewhere, kept with progress."""
