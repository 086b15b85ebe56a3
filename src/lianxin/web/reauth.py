"""Type the password once more before an act that cannot be taken back (提交、签发)."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest

from lianxin.common.errors import Invalid

SOLEMN = frozenset({"submit", "sign_reply", "correct_reply"})
"""Acts that put a name under a text."""


def confirmed(request: HttpRequest) -> None:
    """Raise `Invalid` unless the signed-in person has just typed his own password.

    It goes through the sign-in backends, so that wrong tries count towards the lock.
    """
    username = request.user.get_username()
    found = authenticate(request, username=username, password=request.POST.get("password", ""))
    if found is None or found.pk != request.user.pk:
        raise Invalid("密码不对，还没有办理；您写的内容都在。", fields={"password": "请输入您登录用的密码。"})
