"""Elections of villages' committees: recorded and checked, never held here."""
