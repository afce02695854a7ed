"""How many people a place takes on a day, from when on, and how many are still free."""
