"""Finding things and similar things: advice, never decisions."""
