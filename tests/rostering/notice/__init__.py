"""Tests of notice and its price."""
