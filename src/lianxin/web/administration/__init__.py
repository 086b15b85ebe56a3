"""Administrators and auditors."""
