"""Operations on the ground: tokens, stations, search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from lianxin.api.doors import PAGE, MaybeBearer, actor_of
from lianxin.api.schemas import Hits, Me, SignIn, Stations, Token
from lianxin.common.actor import Role
from lianxin.insight.search import search_all
from lianxin.people.actors import deputy_of
from lianxin.people.services import token_issue
from lianxin.regions.selectors import stations as all_stations

router = Router(tags=["基础"])


@router.post("/tokens", response=Token, auth=None, summary="换取令牌")
def tokens(request: HttpRequest, data: SignIn) -> dict[str, str]:
    """Return a bearer token for twelve hours."""
    return {"token": token_issue(request=request, username=data.username, password=data.password)}


@router.get("/me", response=Me, summary="我是谁")
def me(request: HttpRequest) -> dict[str, Any]:
    """Return the caller's own name and the roles that count today, each in its place."""
    actor = actor_of(request)
    roles = [{"role": held.role, "place": held.place, "unit": held.unit} for held in actor.roles]
    deputy = deputy_of(actor)
    return {"name": actor.name, "roles": roles, "deputy": deputy.pk if deputy else None}


@router.get("/stations", response=Stations, auth=MaybeBearer(), summary="联络站")
def stations(request: HttpRequest, level: str = "", after: str = "") -> dict[str, Any]:
    """List stations by code; with a keeper's token the own station comes first."""
    actor = actor_of(request)
    found = all_stations().order_by("code")
    if level:
        found = found.filter(level=level)
    rows = list((found.filter(code__gt=after) if after else found)[:PAGE])
    next_code = rows[-1].code if len(rows) == PAGE else None
    own = list(found.filter(division_code__in=actor.places(Role.KEEPER))[:1]) if not after else []
    return {"items": own + [row for row in rows if row not in own], "next": next_code}


@router.get("/search", response=Hits, auth=MaybeBearer(), summary="找人、找件、找站")
def search(request: HttpRequest, q: str = "") -> dict[str, Any]:
    """Find what the actor may see; without a token only what is public."""
    return {"items": [vars(hit) for hit in search_all(actor_of(request), q[:100])]}
