"""Accounts, deputies with seats and terms, groups, organs, roles held in a place for a time."""
