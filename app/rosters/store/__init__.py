"""Every query about rosters; each is held to one control room."""
