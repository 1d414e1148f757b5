"""Own checks before freezing: they find what stands out, and change no figure."""
