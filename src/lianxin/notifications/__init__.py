"""Telling people: an outbox written with the act, channels that send later."""
