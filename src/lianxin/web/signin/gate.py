"""The gate of every signed-in session: it ends when nobody is there, and at the latest some hours after
the sign-in; a first password comes first.

All this is written into the session at sign-in, so that the gate asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.people.models import Account
from lianxin.people.permissions import APART
from lianxin.people.services import must_change_password, needs_second_factor
from lianxin.rulebook.selectors import value

IDLE, SEEN, MUST_CHANGE = "idle_seconds", "seen", "must_change"
ENTERED = "entered_at"
"""When this very session began: it ends so many hours later; what asks for a fresh sign-in looks here."""
SECOND = "second_factor_shown"
DISPLAY = "display_seconds"
RENEWS = "X-Renews"
"""What a page that renews itself says of its own asking: nobody need be there for it."""
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
        if _is_over(session, now, renews=_renews(request)):
            logout(request)
            return redirect(f"{reverse('login')}?{_back(request)}")
        if now - session[SEEN] > NOTE_EVERY and not _renews(request):
            session[SEEN] = now
        if session.get(MUST_CHANGE) and not request.path.startswith(FREE):
            return redirect("password")
        return self.get_response(request)


def _is_over(session: SessionBase, now: float, *, renews: bool) -> bool:
    """Say whether nobody was there for too long, or the sign-in itself is too long ago.

    A screen in the hall goes on for half a day by itself; who touches it then signs in first.
    """
    too_old = now - float(session.get(ENTERED, 0)) > settings.SESSION_COOKIE_AGE
    idle = max(session[IDLE], session.get(DISPLAY, 0)) if renews else session[IDLE]
    return too_old or now - session[SEEN] > idle


def _renews(request: HttpRequest) -> bool:
    """Say whether a page asks by itself for what is new, and no person."""
    return RENEWS in request.headers or request.headers.get("Accept", "").startswith("text/event-stream")


def lacks_second(request: HttpRequest, actor: Actor) -> bool:
    """Say whether a session that began with a password only now has rights that ask for more.

    So it is where somebody becomes an administrator while he is signed in.
    """
    session, account = request.session, request.user
    if IDLE not in session or session.get(SECOND) or not isinstance(account, Account):
        return False
    return needs_second_factor(account, actor)


def remember(request: HttpRequest, account: Account, actor: Actor, *, second: bool = False) -> None:
    """Write into a fresh session when it ends, what was shown, and whether the password must be changed."""
    name = "security.idle_minutes_admin" if actor.has(*APART) else "security.idle_minutes"
    request.session[IDLE] = int(value(name)) * 60
    request.session[SEEN] = request.session[ENTERED] = clock.now().timestamp()
    request.session[SECOND] = second
    request.session[DISPLAY] = int(value("security.display_minutes")) * 60
    request.session[MUST_CHANGE] = must_change_password(account)


def _back(request: HttpRequest) -> str:
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    return urlencode({**back, "idle": "1"})
