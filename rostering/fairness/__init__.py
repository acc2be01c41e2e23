"""Fairness over time: who was given less of what they asked, who carried more than their share.

What is measured, and what follows from it for the next roster, is worked out here from plain
numbers; `rostering.rules.preferences` and `rostering.rules.fair_shares` read what comes of it.
"""
