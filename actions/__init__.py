"""Custom actions, a module a topic: read what was asked, ask the backend once, pick a response."""
