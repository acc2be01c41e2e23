"""Forces, control rooms, teams and officers; skills, contracts, past shifts, outside ids."""
