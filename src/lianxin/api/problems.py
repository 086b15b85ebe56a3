"""What a refusal looks like: RFC 9457 problem documents for everything that can go wrong."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as InputError

from lianxin.common.actions import sentence
from lianxin.common.errors import Invalid, LianxinError, NotSignedIn, TooMany
from lianxin.common.writes import content_of_request

View = Callable[..., HttpResponse]
PROBLEM = "application/problem+json"
log = logging.getLogger("lianxin.api")
WORDS = {
    400: "请求的写法不对：正文要是 JSON 对象，编码要是 UTF-8，请按接口说明填写。",
    401: "请先用用户名和密码换取令牌（POST /api/v1/tokens）。",
    403: "您没有这项权限。",
    404: "没有这个接口，请查看接口说明（/api/v1/openapi.json）。",
    405: "这个接口不支持这种请求方法，请看 Allow 里列出的方法。",
    413: "发来的内容太大了，请分开发送。",
    415: "这个接口只收 JSON，请把 Content-Type 写成 application/json。",
    500: "系统出了差错，已经记录下来，请稍后再试。",
}


def problem(
    status: int, detail: str, *, code: str = "http", errors: dict[str, str] | None = None
) -> HttpResponse:
    """Return a problem document."""
    body = {
        "type": f"urn:lianxin:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": errors or {},
    }
    # Lone surrogates that a client sent must not break the answer: they leave as JSON escapes.
    plain = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    answer = HttpResponse(plain, status=status, content_type=PROBLEM)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def refusal_as_problem(refusal: LianxinError) -> HttpResponse:
    """Return an expected refusal as a problem document."""
    answer = problem(refusal.status, refusal.message, code=refusal.code, errors=refusal.fields)
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.retry_after)
    return answer


def handle_problems(api: NinjaAPI) -> None:
    """Answer every expected refusal of an API with a problem document."""

    @api.exception_handler(LianxinError)
    def refused(request: HttpRequest, caught: LianxinError) -> HttpResponse:
        return refusal_as_problem(caught)

    @api.exception_handler(InputError)
    def unreadable(request: HttpRequest, caught: InputError) -> HttpResponse:
        fields = {
            ".".join(str(part) for part in error["loc"][2:]) or "body": sentence(error)
            for error in caught.errors
        }
        return refusal_as_problem(Invalid("有几项写得不对，请看 errors 里的提示。", fields=fields))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, caught: Any) -> HttpResponse:
        return refusal_as_problem(NotSignedIn(WORDS[401]))

    @api.exception_handler(HttpError)
    def unparsable(request: HttpRequest, caught: HttpError) -> HttpResponse:
        return problem(caught.status_code, WORDS.get(caught.status_code, WORDS[400]))


def not_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer every address under /api/ that is no operation."""
    return problem(404, WORDS[404], code="not_found")


def in_problems(view: View) -> View:
    """Wrap a view of the API: one key means one content, and no answer is a bare error page."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = _unusable(request)
        if refusal is not None:
            return refusal
        try:
            with content_of_request(_digest(request)):
                answer = view(request, *args, **kwargs)
        except Exception:  # the last resort of this door: a client gets words, the log gets the trace
            log.exception("an operation failed", extra={"request": request})
            return problem(500, WORDS[500], code="failed")
        return _as_problem(answer)

    wrapped.csrf_exempt = True  # type: ignore[attr-defined] # a bearer token is sent by a client, never by a browser
    return wrapped


def _as_problem(answer: HttpResponse) -> HttpResponse:
    if answer.status_code < HTTPStatus.BAD_REQUEST or answer["Content-Type"].startswith(PROBLEM):
        return answer
    told = problem(answer.status_code, WORDS.get(answer.status_code, WORDS[400]))
    if "Allow" in answer:
        told["Allow"] = answer["Allow"]
    return told


def _unusable(request: HttpRequest) -> HttpResponse | None:
    """Return the refusal of a request that nobody can read, before anything is done with it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return problem(413, WORDS[413], code="too_large")
    if request.body and not (request.content_type or "").endswith("json"):
        return problem(415, WORDS[415], code="not_json")
    if any("\x00" in part for pair in request.GET.lists() for part in (pair[0], *pair[1])):
        return _no_text()
    if b"\\u" in request.body or b"\x00" in request.body:
        return _no_text() if _has_no_text(request.body) else None
    return None


def _no_text() -> HttpResponse:
    return problem(422, "内容里有不能保存的字符（空字符或残缺字符），请去掉后再发。", code="invalid")


def _has_no_text(body: bytes) -> bool:
    """Say whether JSON strings hold signs that no database column takes: NUL, half surrogates."""
    try:
        said = json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return False
    return "\\u0000" in said or any("\ud800" <= sign <= "\udfff" for sign in said)


def _digest(request: HttpRequest) -> str:
    """Return the fingerprint of a request: the same fields in another order are the same content."""
    try:
        body = json.dumps(json.loads(request.body), sort_keys=True).encode()
    except ValueError:
        body = request.body
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + body).hexdigest() if request.method == "POST" else ""


def json_answer(body: Any) -> JsonResponse:
    """Return plain JSON that keeps Chinese readable."""
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
