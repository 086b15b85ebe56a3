"""Valid people, places and histories for tests; histories are made by calling services."""
