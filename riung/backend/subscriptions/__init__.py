"""What a citizen asked to be told later, and the wish not to be told anything."""
