"""Proof that the mail engine loses nothing and sends nothing twice, though its workers die at the worst moments."""
