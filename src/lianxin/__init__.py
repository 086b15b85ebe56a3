"""Lianxin 连心: the service system of a local people's congress."""
