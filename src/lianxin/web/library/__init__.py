"""制度库: the institutions, open to everybody."""
