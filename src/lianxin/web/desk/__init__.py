"""The first page of each role, search, notices."""
