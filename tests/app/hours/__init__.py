"""Tests of working time from worked shifts."""
