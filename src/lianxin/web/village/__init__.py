"""Pages of the villagers' committee, its supervisors, and of whoever oversees villages."""
