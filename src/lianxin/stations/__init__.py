"""A station at work: rota, reception days, standards, pages."""
