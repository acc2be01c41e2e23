"""Why people are missing: what binds in one shortage, and in a room as a whole."""
