"""Pages as a person uses them: what tests click and read."""
