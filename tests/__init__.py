"""The test suite; each test says in a sentence what must hold."""
