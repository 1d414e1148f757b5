"""Year on year: what changed between the stored reports of one legal entity, and where the method broke."""
