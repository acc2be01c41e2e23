"""Tests of what every door over HTTP shares."""
