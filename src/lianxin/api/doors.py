"""Who calls and by what key: the common part of all operations."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja.security import HttpBearer

from lianxin.common.actor import RESIDENT, Actor
from lianxin.common.errors import Invalid, NotSignedIn
from lianxin.common.sealing import keyed_hash
from lianxin.people.services import actor_by_token

PAGE = 50
KEY_LENGTH = 80


class Bearer(HttpBearer):
    """A bearer token gives the actor."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor of the token."""
        return actor_by_token(token)


class MaybeBearer(Bearer):
    """A token is welcome but not needed; a token that is no longer good is refused, not ignored."""

    def __call__(self, request: HttpRequest) -> Actor:
        """Return the token's actor, or a resident."""
        if not request.headers.get("Authorization"):
            return RESIDENT
        actor = super().__call__(request)
        if actor is None:
            raise NotSignedIn("令牌已经失效，请重新换取（POST /api/v1/tokens）；不登录就不要带令牌。")
        return cast(Actor, actor)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor that the door has found."""
    return cast(Actor, getattr(request, "auth", RESIDENT) or RESIDENT)


def request_key(request: HttpRequest) -> str | None:
    """Return the client's Idempotency-Key, if it sent one."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > KEY_LENGTH:
        raise Invalid(f"Idempotency-Key 太长了，请不超过 {KEY_LENGTH} 个字符。")
    return key or None


def residents_key(request: HttpRequest, opinion: UUID | None = None) -> str | None:
    """Return the key bound to the caller (or to his matter): all residents share one scope."""
    key = request_key(request)
    own = str(opinion or browser_token(request))
    return keyed_hash(f"{own}:{key}", purpose="request_key") if key else None


def address_of(request: HttpRequest) -> str:
    """Return the network address a call comes from; the server in front fills it in, no caller can."""
    return str(request.META.get("REMOTE_ADDR", ""))


def browser_token(request: HttpRequest) -> str:
    """Return the caller's token for counting: a client's own header, else its address."""
    return own_token(request) or f"ip:{address_of(request)}"


def own_token(request: HttpRequest) -> str:
    """Return what a client calls itself, which never equals an address; empty where it says nothing.

    Behind one address sit many people: who is given back what he said before is known by this alone.
    """
    given = request.headers.get("X-Browser-Token", "")[:80]
    return f"client:{given}" if given else ""


def cursor(after: str) -> UUID | None:
    """Return the id behind a page cursor."""
    if not after:
        return None
    try:
        return UUID(after)
    except ValueError as caught:
        raise Invalid("after 不是有效的翻页标记，请用上一页给的 next。") from caught


def next_of(items: list[Any]) -> str | None:
    """Return the cursor to the next page, if this one is full."""
    return str(items[-1].id) if len(items) == PAGE else None
