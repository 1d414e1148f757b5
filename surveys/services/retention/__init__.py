"""A campaign's rows about persons go at the end of its period; what proves it, and what holds it back."""
