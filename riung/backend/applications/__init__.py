"""Applications: the stage each is at, and what the citizen hears about it."""
