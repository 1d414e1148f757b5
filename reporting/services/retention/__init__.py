"""Retention as a whole: the figures are kept first, HR is told, then the rows about persons go."""
