"""Compiled inner loops: lines scored, and annealed, millions of times a second.

Nothing here knows a rule by name: the rules' primitives are laid out as tables (`program`), read
by one evaluator (`evaluate`), on which annealing stands (`anneal`). The agreement test holds the
evaluator to every rule's own check.
"""
