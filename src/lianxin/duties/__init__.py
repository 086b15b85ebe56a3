"""The ledger of duty records and what a year of them says."""
