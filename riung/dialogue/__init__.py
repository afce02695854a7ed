"""Everything that stands in for a part of Rasa."""
