"""Signing in where people meet: the screen with the code, and the telephone in front of it."""
