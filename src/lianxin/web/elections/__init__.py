"""Pages: elections of villages' committees: recorded and checked, never held here."""
