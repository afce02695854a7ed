"""One typed reading of an office: its file, its menu, its hours."""
