"""People waiting for a full day, and the offers they get in order when a place comes free."""
