"""Deputies, phone first."""
