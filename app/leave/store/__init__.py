"""Every query of the slice; each is held to one control room."""
