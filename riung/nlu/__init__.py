"""Understanding Indonesian chat text: graph components for Rasa and the pure functions below them."""
