"""Tests of the database part."""
