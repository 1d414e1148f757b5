"""Dataclasses and rows → files; no queries."""
