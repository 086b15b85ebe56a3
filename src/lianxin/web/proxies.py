"""The network address of whoever asks, where trusted proxies stand in front.

A caller can write anything into `X-Forwarded-For`; only what a proxy of ours has added is believed,
so the list is read from its right end and left at the first address that is not a proxy of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

UNIX = "unix"
Network = IPv4Network | IPv6Network


def client_address(peer: str, forwarded: str, proxies: Sequence[Network], *, unix: bool = False) -> str:
    """Return the nearest address that is not a trusted proxy; without trusted proxies that is the peer."""
    if not (unix if not peer else _is_proxy(peer, proxies)):
        return peer
    nearest = peer
    for hop in reversed([one.strip() for one in forwarded.split(",")]):
        if _parsed(hop) is None:  # nothing a proxy of ours would write: do not look further
            return nearest
        nearest = hop
        if not _is_proxy(hop, proxies):
            return nearest
    return nearest


class ClientAddressMiddleware:
    """Put the caller's own address where everybody looks for it (limits of guesses, locks of sign-in)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.unix = UNIX in settings.LIANXIN_PROXIES
        self.proxies = list(_networks(one for one in settings.LIANXIN_PROXIES if one != UNIX))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as one of its real caller."""
        peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = client_address(peer, forwarded, self.proxies, unix=self.unix)
        return self.get_response(request)


def _networks(words: Iterable[str]) -> Iterable[Network]:
    for word in words:
        try:
            yield ip_network(word)
        except ValueError as caught:
            raise ImproperlyConfigured(f"LIANXIN_PROXIES：「{word}」不是地址或网段。") from caught


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_proxy(text: str, proxies: Sequence[Network]) -> bool:
    address = _parsed(text)
    return address is not None and any(address in network for network in proxies)
