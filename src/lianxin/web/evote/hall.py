"""The machines in the hall: what is asked, the board before the first ballot, and taking a ballot.

No session, no cookie, no login and no address is looked at or kept; a ballot leaves no line in any log.
The web server in front must be told the same (deploy/nginx.conf).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lianxin.ballots.electronic import elections, selectors, services
from lianxin.ballots.electronic.services.step import ask_of
from lianxin.common.errors import LianxinError
from lianxin.web.door import public

HALL_KEY = "X-Hall-Key"


@public
@never_cache
@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is asked and how many may be chosen."""
    trial = selectors.board_of(code)
    ask = ask_of(trial.ballot)
    return JsonResponse(
        {"mode": ask.mode, "places": ask.places, "title": ask.title, "session": ask.session, "keys": ask.keys}
    )


@public
@require_GET
def base(request: HttpRequest, code: str) -> HttpResponse:
    """Return the board before the first ballot: what a machine encrypts for."""
    found = services.base_of(selectors.board_of(code))
    return HttpResponse(found, content_type="application/octet-stream")


@public
@csrf_exempt  # sent by a machine with the hall's key, never by a browser
@require_POST
def ballots(request: HttpRequest, code: str) -> HttpResponse:
    """Take an encrypted ballot; answer with its receipt once it is on the board."""
    try:
        trial = services.hall_trial(code, request.headers.get(HALL_KEY, ""))
        content = request.read(elections.LARGEST + 1).decode("utf-8", "replace")
        taken = services.ballot_take(trial=trial, content=content)
    except services.AlreadyCast as held:
        return _unlogged({"words": held.message, "receipt": held.receipt}, held.status)
    except LianxinError as refused:
        return _unlogged({"words": refused.message}, refused.status)
    return _unlogged({"receipt": taken.receipt, "again": taken.again}, 200 if taken.again else 201)


def _unlogged(said: dict[str, object], status: int) -> HttpResponse:
    """Return an answer of which Django writes no line, refused or not: a line has an instant."""
    answer = JsonResponse(said, status=status)
    answer._has_been_logged = True  # type: ignore[attr-defined] # what `log_response` looks at
    return answer
