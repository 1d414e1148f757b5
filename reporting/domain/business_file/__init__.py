"""Files about business travel: their columns, and from rows to vehicles and trips."""
