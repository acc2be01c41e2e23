"""The cheapest lawful line of one officer at any prices, by dynamic programming."""
