"""From the embedded database to a server."""
