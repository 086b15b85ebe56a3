"""Read-only figures over all rooms; owns no truth."""
