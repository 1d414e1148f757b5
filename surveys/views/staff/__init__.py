"""Pages of the staff list and its imports."""
