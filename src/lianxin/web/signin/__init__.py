"""The sign-in door."""
