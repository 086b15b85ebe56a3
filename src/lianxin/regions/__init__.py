"""Divisions with their history, and the three levels of liaison stations as places."""
