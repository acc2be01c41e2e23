"""Tests of what is told of counts that are hard to believe."""
