"""Sessions of a congress and who came."""
