"""Writes of this room."""

from lianxin.archives.services.importing import records_import, scan_add

__all__ = ["records_import", "scan_add"]
