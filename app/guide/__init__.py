"""The manual: what Parade does, for whoever uses it. It works with no connection to anywhere."""
