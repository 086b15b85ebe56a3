"""The demo city: histories told through the services."""
