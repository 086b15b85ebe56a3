"""Who calls, by what key, and what a refusal looks like: the common part of all operations."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as InputError
from ninja.security import HttpBearer

from lianxin.common.actions import sentence
from lianxin.common.actor import RESIDENT, Actor
from lianxin.common.errors import Invalid, LianxinError, NotSignedIn, TooMany
from lianxin.people.services import actor_by_token

PAGE = 50


class Bearer(HttpBearer):
    """A bearer token gives the actor."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor of the token."""
        return actor_by_token(token)


class MaybeBearer(Bearer):
    """A token is welcome but not needed."""

    def __call__(self, request: HttpRequest) -> Actor:
        """Return the token's actor, or a resident."""
        return super().__call__(request) or RESIDENT


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor that the door has found."""
    return cast(Actor, getattr(request, "auth", RESIDENT) or RESIDENT)


def request_key(request: HttpRequest) -> str | None:
    """Return the client's Idempotency-Key, if it sent one."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 80:
        raise Invalid("Idempotency-Key 太长了，请不超过 80 个字符。")
    return key or None


def browser_token(request: HttpRequest) -> str:
    """Return the caller's token for counting: a client's own header, else its address."""
    return request.headers.get("X-Browser-Token", "")[:80] or f"ip:{request.META.get('REMOTE_ADDR', '')}"


def problem(refusal: LianxinError) -> HttpResponse:
    """Return a refusal as an RFC 9457 problem document."""
    body = {
        "type": f"urn:lianxin:problem:{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": refusal.message,
        "errors": refusal.fields,
    }
    answer = JsonResponse(
        body,
        status=refusal.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, NotSignedIn):
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def handle_problems(api: NinjaAPI) -> None:
    """Answer every expected refusal of an API with a problem document."""

    @api.exception_handler(LianxinError)
    def refused(request: HttpRequest, caught: LianxinError) -> HttpResponse:
        return problem(caught)

    @api.exception_handler(InputError)
    def unreadable(request: HttpRequest, caught: InputError) -> HttpResponse:
        fields = {
            ".".join(str(part) for part in error["loc"][2:]) or "body": sentence(error)
            for error in caught.errors
        }
        return problem(Invalid("有几项写得不对，请看 errors 里的提示。", fields=fields))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, caught: Any) -> HttpResponse:
        return problem(NotSignedIn("请先用用户名和密码换取令牌（POST /api/v1/tokens）。"))

    @api.exception_handler(HttpError)
    def unparsable(request: HttpRequest, caught: HttpError) -> HttpResponse:
        return problem(_plain(caught))


def _plain(caught: HttpError) -> LianxinError:
    refusal = LianxinError("请求的写法不对，请按接口说明填写。")
    refusal.status = caught.status_code
    return refusal


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
