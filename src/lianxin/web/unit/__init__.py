"""Handling units."""
