"""Files, their versions and visibility; official letters."""
