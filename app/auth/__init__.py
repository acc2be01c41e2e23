"""Sign-in, sessions, tokens, what each role may do, and the record of who did what."""
