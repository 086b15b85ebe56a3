"""结对: quotas, consent, assignment, visits due."""
