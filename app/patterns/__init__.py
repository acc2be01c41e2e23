"""Patterns of shifts: those that a control room writes, judged by its rules."""
