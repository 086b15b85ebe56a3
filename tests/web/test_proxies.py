"""A caller's address is the one that our own proxy saw; what a caller writes himself is not believed."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lianxin.opinions.guesses import note
from lianxin.rulebook.services import value
from lianxin.web.proxies import ClientAddressMiddleware, client_address
from tests.factories.cast import Cast

OURS = [ip_network("127.0.0.1"), ip_network("10.0.8.0/24"), ip_network("fd00::/8")]
WRONG = "XY-2222-2222"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours: the header is a caller's word
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the left part came from the caller
        ("127.0.0.1", "127.0.0.1, 203.0.113.7", "203.0.113.7"),  # even where it looks like ours
        ("127.0.0.1", "203.0.113.7, 10.0.8.3", "203.0.113.7"),  # two proxies of ours
        ("127.0.0.1", "203.0.113.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("", "203.0.113.7", ""),  # a Unix socket that nobody named
    ],
)
def test_only_what_our_proxies_add_is_believed(peer: str, forwarded: str, expected: str) -> None:
    assert client_address(peer, forwarded, OURS) == expected


def test_a_proxy_on_a_unix_socket_is_believed_when_it_is_named() -> None:
    assert client_address("", "198.51.100.1, 203.0.113.7", OURS, unix=True) == "203.0.113.7"


@given(st.text(max_size=60))
def test_without_trusted_proxies_nothing_is_believed(forwarded: str) -> None:
    assert client_address("203.0.113.7", forwarded, []) == "203.0.113.7"
    assert client_address("203.0.113.7", forwarded, OURS) == "203.0.113.7"


@given(st.text(max_size=60))
def test_what_a_caller_writes_before_never_changes_what_our_proxy_saw(forged: str) -> None:
    assert client_address("127.0.0.1", f"{forged}, 203.0.113.7", OURS) == "203.0.113.7"


def test_a_wrong_setting_stops_the_start(settings: Settings) -> None:
    settings.LIANXIN_PROXIES = ("everybody",)
    with pytest.raises(ImproperlyConfigured, match="everybody"):
        ClientAddressMiddleware(lambda request: HttpResponse())


def test_by_default_no_proxy_is_trusted(settings: Settings) -> None:
    assert settings.LIANXIN_PROXIES == ()
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "203.0.113.7"})
    ClientAddressMiddleware(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"


def test_guesses_behind_a_proxy_are_counted_by_the_callers_own_address(
    cast: Cast, settings: Settings
) -> None:
    settings.LIANXIN_PROXIES = ("127.0.0.1",)
    for turn in range(value("opinion.lookup_address_hour")):
        note(f"browser-{turn}", "203.0.113.7")
    assert _looked_up("203.0.113.7") == 429
    assert _looked_up("198.51.100.1, 203.0.113.7") == 429, "a forged address in front does not help"
    assert _looked_up("203.0.113.8") != 429, "the neighbour is not held up"


def test_a_failed_sign_in_is_counted_by_the_callers_own_address(cast: Cast, settings: Settings) -> None:
    settings.LIANXIN_PROXIES = ("127.0.0.1",)
    client = Client(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    client.post("/login", {"username": "keeper", "password": "wrong"})
    assert AccessAttempt.objects.get().ip_address == "203.0.113.7"


def _looked_up(forwarded: str) -> int:
    client = Client(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": forwarded})
    page = client.post("/progress", {"code": WRONG}).status_code
    answer = client.get(f"/api/v1/opinions/by-code/{WRONG}").status_code
    assert (page == 429) == (answer == 429)
    return page
