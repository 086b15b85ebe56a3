"""The yearly report: every figure is the length of a list that can be opened (S99)."""
