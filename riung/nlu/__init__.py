"""Understanding Indonesian chat text: graph components for Rasa over pure functions."""
