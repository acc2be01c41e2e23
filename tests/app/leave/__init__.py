"""Tests of the ledger and of absence."""
