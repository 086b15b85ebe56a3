"""Rules against floods for posts without login: so many an hour, the same words once."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import TooMany
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.models import Opinion, Post
from lianxin.opinions.rules import Window
from lianxin.regions.models import Station
from lianxin.rulebook.services import value


def said_before(actor: Actor, browser_token: str, text: str) -> Opinion | None:
    """Return what the same browser said in the same words a moment ago."""
    if actor.kind is not ActorKind.RESIDENT or not browser_token:
        return None
    since = clock.now() - timedelta(minutes=value("opinion.same_text_minutes"))
    post = Post.objects.filter(
        kind="say",
        token_hash=keyed_hash(browser_token, purpose="browser"),
        text_hash=_text_hash(text),
        at__gte=since,
    ).first()
    return Opinion.objects.filter(pk=post.opinion_id).first() if post and post.opinion_id else None


def hold_floods(station: Station, browser_token: str) -> None:
    """Hold posts without login to so many an hour, by browser and by station; staff are exempt."""
    now, mine = clock.now(), keyed_hash(browser_token, purpose="browser") if browser_token else None
    here = Q(station_code=station.code) | Q(token_hash=mine) if mine else Q(station_code=station.code)
    recent = Post.objects.filter(here, kind="say", at__gte=now - timedelta(hours=1))
    posts = list(recent.values_list("station_code", "token_hash", "at"))
    windows = [
        ("opinion.flood_station_hour", [at for code, _, at in posts if code == station.code]),
        ("opinion.flood_browser_hour", [at for _, token, at in posts if mine and token == mine]),
    ]
    for limit, times in windows:
        window = Window(value(limit, home6=station.home6), 3600)
        wait = window.retry_after([at.timestamp() for at in times], now.timestamp())
        if wait:
            raise TooMany("刚才说得有点多，请过一会儿再说，或打联络站电话，有人帮您记。", retry_after=wait)


def note_post(station: Station, browser_token: str, text: str, opinion: Opinion) -> None:
    """Note a post by keyed hashes; the purge removes it within hours."""
    Post.objects.create(
        kind="say",
        station_code=station.code,
        text_hash=_text_hash(text),
        opinion_id=opinion.id,
        token_hash=keyed_hash(browser_token, purpose="browser") if browser_token else "",
    )


def _text_hash(text: str) -> str:
    return keyed_hash(text, purpose="words")
