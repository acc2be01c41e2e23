"""What callers will feel: a room with its streams of work and its people, played many times.

A run follows every caller. First calls come at random at the rate of their interval, times the
day's own level. A caller is answered by an idle person who can, or waits: the lower rank first,
then who came first. Who loses patience hangs up, and may call again or turn to another queue; who
accepts a call back keeps the place in the queue. While fewer people than the reserve would be left
for the most urgent, less urgent calls wait. Chats share a person; backlog is put down when a call
needs the person. Who goes off duty ends the call in hand first.
"""
