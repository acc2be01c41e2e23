"""Rostering as a pure library: a `Problem` goes in, a `Roster` comes out.

No database, no HTTP, no app. Only `model`, `search` and `solve` import OR-Tools; a roster is
checked without it.
"""
