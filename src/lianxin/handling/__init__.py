"""A matter in an organ's hands: one definition of each step."""
