"""Residents' pages: no login, no script needed."""
