"""Fairness over time: wishes met over past rounds, and what nobody likes shared over years."""
