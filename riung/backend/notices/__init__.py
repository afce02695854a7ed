"""Messages the office sends by itself: planned once, kept in an outbox, handed to the channel."""
