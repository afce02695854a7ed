"""The trainers' tools: check, train, evaluate."""
