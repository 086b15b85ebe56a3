"""Voting as such: how a vote in a plenary meeting is counted and decided. Knows no project."""
