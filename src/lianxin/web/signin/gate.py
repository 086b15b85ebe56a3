"""The gate of every signed-in session: it ends when nobody is there, and a first password comes first.

Both are written into the session at sign-in, so that the gate asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.people.models import Account
from lianxin.people.permissions import APART
from lianxin.people.services import must_change_password
from lianxin.rulebook.selectors import value

IDLE, SEEN, MUST_CHANGE = "idle_seconds", "seen", "must_change"
ENTERED = "entered_at"
"""When this very session began: what asks for a fresh sign-in looks here."""
NOTE_EVERY = 60.0
FREE = ("/login", "/password", "/logout", "/look", "/i18n/", "/healthz")

Answer = Callable[[HttpRequest], HttpResponse]


class SessionGate:
    """Ends idle sessions (administrators sooner) and holds back who must change the password."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass, or lead to where the person has to go first."""
        session = request.session
        if IDLE not in session:
            return self.get_response(request)
        now = clock.now().timestamp()
        if now - session[SEEN] > session[IDLE]:
            logout(request)
            return redirect(f"{reverse('login')}?{_back(request)}")
        if now - session[SEEN] > NOTE_EVERY:
            session[SEEN] = now
        if session.get(MUST_CHANGE) and not request.path.startswith(FREE):
            return redirect("password")
        return self.get_response(request)


def remember(request: HttpRequest, account: Account, actor: Actor) -> None:
    """Write into a fresh session when it ends and whether the password must be changed."""
    name = "security.idle_minutes_admin" if actor.has(*APART) else "security.idle_minutes"
    request.session[IDLE] = int(value(name)) * 60
    request.session[SEEN] = request.session[ENTERED] = clock.now().timestamp()
    request.session[MUST_CHANGE] = must_change_password(account)


def _back(request: HttpRequest) -> str:
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    return urlencode({**back, "idle": "1"})
