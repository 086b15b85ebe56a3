"""The shape of a group of the side menu."""

from lianxin.common.actor import Role

Entry = tuple[str, str, str]
"""Label (Chinese, translated when shown), link, icon."""
Group = tuple[tuple[Role, ...], str, tuple[Entry, ...]]
"""Roles that see it (none: everybody signed in), name, entries."""
