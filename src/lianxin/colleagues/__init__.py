"""Deputies among themselves, and city and town by circulars."""
