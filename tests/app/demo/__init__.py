"""Tests of the demonstration rooms."""
