"""Estimating who did not answer: asking for it, a worker that computes it, and stopping it.

Only `run` needs numpy; what a web page calls does not.
"""
