"""The pages on which a congress enters its own people."""
