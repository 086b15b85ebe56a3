"""Wrong query codes are counted: three from a browser, then a pause; so many an hour from an address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from lianxin.common import clock
from lianxin.common.errors import TooMany
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.models import Post
from lianxin.opinions.rules import Window
from lianxin.rulebook.services import value

BROWSER, ADDRESS = "guess", "guess_ip"
HOUR = 3600


def hold(browser_token: str, address: str) -> None:
    """Refuse a look-up while the browser, or the address it comes from, has missed too often."""
    now = clock.now()
    rule = Q(pk=None)
    for kind, token in _who(browser_token, address):
        rule |= Q(kind=kind, token_hash=token)
    missed = list(Post.objects.filter(rule, at__gte=now - timedelta(seconds=HOUR)).values_list("kind", "at"))
    _hold_browser([at for kind, at in missed if kind == BROWSER], now)
    times = [at.timestamp() for kind, at in missed if kind == ADDRESS]
    wait = Window(value("opinion.lookup_address_hour"), HOUR).retry_after(times, now.timestamp())
    if wait:
        raise TooMany("从这个网络输错的次数太多了，请过一会儿再查，或到联络站查询。", retry_after=wait)


def note(browser_token: str, address: str) -> None:
    """Note a wrong code by keyed hashes; the purge removes it within hours."""
    Post.objects.bulk_create(
        Post(kind=kind, token_hash=token) for kind, token in _who(browser_token, address)
    )


def _hold_browser(times: list[datetime], now: datetime) -> None:
    tries, wait = value("opinion.lookup_tries"), value("opinion.lookup_wait_seconds")
    recent = [at for at in times if at >= now - timedelta(seconds=wait)]
    if len(recent) >= tries:
        left = wait - int((now - max(recent)).total_seconds())
        raise TooMany("输错了几次，请等半分钟再试，或到联络站查询。", retry_after=max(1, left))


def _who(browser_token: str, address: str) -> Iterator[tuple[str, str]]:
    yield BROWSER, keyed_hash(browser_token, purpose="browser")
    if address:
        yield ADDRESS, keyed_hash(address, purpose="address")
