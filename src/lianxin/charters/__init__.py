"""Charters and covenants of villages: versions, comments, the assembly's vote, filing."""
