"""Every query about people; each is held to one force or one control room."""
