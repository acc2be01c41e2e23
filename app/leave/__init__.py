"""One ledger per person: leave, time off in lieu, rest days owed; and when they are away."""
