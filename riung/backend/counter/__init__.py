"""The day at the counter: who is next, who was served, how long it takes."""
