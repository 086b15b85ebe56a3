"""The hall screen and what keeps all pages of a forum fresh.

A stream holds one thread of the server for as long as it is open. So there is one for each process, it
ends after a while and the browser opens it again; whoever gets none asks every second for the version,
which is one short answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.meetings import bell, selectors
from lianxin.meetings.models import Forum
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import READERS, shown

STREAMS = BoundedSemaphore(1)
"""One stream for each process: the other threads stay free for the recorders."""
STREAM_SECONDS = 50.0
LOOK_SECONDS = 0.25
"""So often a stream looks at the version; what its own process writes rings a bell and is told at once."""
LATEST = 8


@for_roles(*READERS)
@never_cache
@require_GET
def screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the counts and the latest items large; `part` asks for what changes alone."""
    forum = selectors.forum_for(actor_of(request), pk)
    items = selectors.ledger(forum)
    page = {
        "forum": forum,
        "count": selectors.counts_of(forum),
        "latest": [
            (one, "、".join(selectors.short_name(part.unit) for part in one.units.all()))
            for one in reversed(items[-LATEST:])
        ],
        "units": selectors.effect(forum).units,
    }
    name = "screen_part" if request.GET.get("part") else "screen"
    return shown(request, f"web/forums/{name}.html", page)


@for_roles(*READERS)
@never_cache
@require_GET
def live(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return version and counts (two short queries)."""
    return JsonResponse(_told(selectors.forum_for(actor_of(request), pk)))


def _told(forum: Forum) -> dict[str, Any]:
    told = selectors.counts_of(forum)
    return {
        "version": forum.version,
        "state": forum.state,
        "total": told.total,
        "on_spot": told.on_spot,
        "after": told.after,
        "open": told.open,
    }


@for_roles(*READERS)
@never_cache
@require_GET
def stream(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send version and counts whenever they change."""
    forum = selectors.forum_for(actor_of(request), pk)
    answer = StreamingHttpResponse(_events(forum.pk), content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    answer["Content-Encoding"] = "identity"  # compressing would hold the words back
    return cast(HttpResponse, answer)


def _events(pk: UUID, *, seconds: float = STREAM_SECONDS) -> Iterator[str]:
    """Yield events until the time is over; without a free stream say so and end."""
    if not STREAMS.acquire(blocking=False):
        yield "event: full\ndata: {}\n\n"
        return
    try:
        yield "retry: 500\n\n"
        seen, until = -1, time.monotonic() + seconds
        while time.monotonic() < until:
            version = Forum.objects.filter(pk=pk).values_list("version", flat=True).get()
            if version != seen:
                seen = version
                yield f"data: {json.dumps(_told(Forum.objects.get(pk=pk)))}\n\n"
            else:
                yield ":\n\n"  # a browser that has gone is noticed by this
            bell.wait(LOOK_SECONDS)
    finally:
        STREAMS.release()
        connection.close()
