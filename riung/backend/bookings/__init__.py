"""Places in the queue: taking one, moving it, giving it back."""
