"""Why what an officer asked for is not given, found by trying to give it."""
