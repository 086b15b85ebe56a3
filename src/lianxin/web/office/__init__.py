"""The office of the congress and the town presidium."""
