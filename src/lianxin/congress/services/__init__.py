"""Acts of this room."""

from lianxin.congress.services.attendance import attendance_save
from lianxin.congress.services.sessions import NOT_YOURS, NewSession, session_change, session_enter

__all__ = ["NOT_YOURS", "NewSession", "attendance_save", "session_change", "session_enter"]
