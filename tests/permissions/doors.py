"""Every address of the product, and what a person meets there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lianxin.common import clock
from lianxin.people.models import ApiToken
from lianxin.people.services import _hash
from tests.factories.cast import Cast


@dataclass(frozen=True)
class Door:
    """One address with its name."""

    name: str
    route: str
    names: tuple[str, ...]
    view: Any

    def address(self, parameters: dict[str, Any]) -> str:
        """Return the address with its braces filled."""
        found = "/" + self.route
        for brace in self.names:
            start = found.index("<")
            found = found[:start] + str(parameters[brace]) + found[found.index(">") + 1 :]
        return found


def doors() -> list[Door]:
    """Return every address under the root, addresses of included rooms as well."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], prefix: str, space: str) -> Iterator[Door]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, route, inner)
        elif isinstance(one, URLPattern):
            names = tuple(part.split(">")[0].split(":")[-1] for part in route.split("<")[1:])
            plain = route if "?P" not in route else route.replace("^(?P<rest>.*)$", "<rest>")
            yield Door(f"{space}{one.name}", plain, names, one.callback)


def client_of(cast: Cast, name: str) -> Client:
    """Return a browser in which a person has signed in, with a token for the API as well."""
    client = Client(raise_request_exception=False)
    if name == "anonymous":
        return client
    account = cast.account(name)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    raw = f"token-of-{name}"
    ApiToken.objects.get_or_create(
        account=account, token_hash=_hash(raw), defaults={"expires_at": clock.now() + timedelta(hours=1)}
    )
    client.defaults["HTTP_X_TEST_TOKEN"] = raw
    return client


def meet(client: Client, method: str, address: str, body: dict[str, Any] | None = None) -> str:
    """Return `in`, `out` or `no` (no such method) for one request, and undo what it changed."""
    headers, kind, sent = {}, "application/x-www-form-urlencoded", b""
    if address.startswith("/api/"):
        kind, sent = "application/json", json.dumps(body or {}).encode() if method == "POST" else b""
        if client.defaults.get("HTTP_X_TEST_TOKEN"):
            headers["Authorization"] = f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"
    elif method == "POST":
        sent = urlencode(body or {}, doseq=True).encode()
    kept = client.cookies.output(header="")
    with transaction.atomic():
        answer = client.generic(method, address, sent, kind, headers=headers)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(SimpleCookie(kept))
    return verdict(answer)


def verdict(answer: HttpResponse) -> str:
    """Say whether the door opened; what is refused for its content has been let in."""
    assert answer.status_code < 500, answer.content[:500]
    if answer.status_code == 405:
        return "no"
    to_login = answer.status_code in {301, 302} and answer["Location"].startswith("/login")
    return "out" if answer.status_code in {401, 403, 404} or to_login else "in"
