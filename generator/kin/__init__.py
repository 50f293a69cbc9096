"""Which cables are kin: they cite the same, have rare TAGS in common, or speak of the same things. Numbers only, no disk."""
