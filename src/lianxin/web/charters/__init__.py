"""Pages: charters and covenants of villages: versions, comments, the assembly's vote, filing."""
