"""The compiled event loop: one run of a room, from its first interval to its last.

People are counts per group, calls are records in one pool, strung on lists (`lists`); what will
happen waits in one heap (`events`). Every random number is a function of its caller and purpose
(`draws`), so that two rooms with the same callers meet the same luck.
"""
