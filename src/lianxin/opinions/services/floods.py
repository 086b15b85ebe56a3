"""Rules against floods for posts without login: so many an hour, the same words once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from lianxin.common import clock
from lianxin.common.errors import Conflict, TooMany
from lianxin.common.inserting import insert_where
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.codes import code_give, code_is_taken
from lianxin.opinions.models import Opinion, Post
from lianxin.opinions.rules import Window
from lianxin.rulebook.services import value

HOUR = timedelta(hours=1)
TRIES = 5
STATION, BROWSER = "opinion.flood_station_hour", "opinion.flood_browser_hour"


@dataclass(frozen=True, slots=True)
class Entering:
    """A post without login at a station's door, by keyed hashes only."""

    post: Post
    home6: str
    code_hash: str
    now: datetime

    @property
    def same(self) -> QuerySet[Post]:
        """Return what the same browser said in the same words a moment ago."""
        since = self.now - timedelta(minutes=value("opinion.same_text_minutes"))
        mine = Post.objects.filter(kind="say", token_hash=self.post.token_hash, at__gte=since)
        kept = mine.filter(text_hash=self.post.text_hash, opinion_id__in=Opinion.objects.values("pk"))
        return kept.exclude(token_hash="")

    def limits(self) -> list[tuple[Q, int]]:
        """Return who is held to how many an hour; a caller without a browser only by the station."""
        here = (Q(station_code=self.post.station_code), value(STATION, home6=self.home6))
        mine = (Q(token_hash=self.post.token_hash), value(BROWSER, home6=self.home6))
        return [here, mine] if self.post.token_hash else [here]


def post_enter(*, station_code: str, browser_token: str, words: str, opinion: Opinion) -> Opinion | None:
    """Note the post of a new opinion; return the earlier one where the same was said before.

    One statement writes the row only if no limit is reached, the words are new and the opinion's
    query code is free; only where it does not, it is asked why. The purge removes posts within hours.
    """
    for _ in range(TRIES):
        entering = _entering(station_code, browser_token, words, opinion)
        if insert_where(entering.post, *_conditions(entering)):
            return None
        earlier = _why_not(entering)
        if earlier:
            return earlier
        if code_is_taken(opinion):
            code_give(opinion, anew=True)
    raise Conflict("刚才没有收下，请再提交一次。")


def _entering(station_code: str, browser_token: str, words: str, opinion: Opinion) -> Entering:
    now = clock.now()
    post = Post(
        kind="say",
        station_code=station_code,
        at=now,
        text_hash=keyed_hash(words, purpose="words"),
        opinion_id=opinion.id,
        token_hash=keyed_hash(browser_token, purpose="browser") if browser_token else "",
    )
    return Entering(post, opinion.home6, opinion.code_hash, now)


def _why_not(entering: Entering) -> Opinion | None:
    """Return the earlier opinion, or refuse with the time to wait."""
    earlier = Opinion.objects.filter(pk__in=entering.same.values("opinion_id")).first()
    if earlier:
        return earlier
    for whose, limit in entering.limits():
        recent = Post.objects.filter(whose, kind="say", at__gte=entering.now - HOUR)
        times = [at.timestamp() for at in recent.values_list("at", flat=True)]
        wait = Window(limit, 3600).retry_after(times, entering.now.timestamp())
        if wait:
            raise TooMany("刚才说得有点多，请过一会儿再说，或打联络站电话，有人帮您记。", retry_after=wait)
    return None


def _conditions(entering: Entering) -> tuple[str, list[Any]]:
    """Return the conditions, compiled from the same querysets that explain a refusal."""
    taken = Opinion.objects.filter(code_hash=entering.code_hash)
    parts, given = [], []
    for found in (entering.same, taken) if entering.post.token_hash else (taken,):
        sql, values = found.values("pk").query.sql_with_params()
        parts.append(f"NOT EXISTS ({sql})")
        given += list(values)
    for whose, limit in entering.limits():
        recent = Post.objects.filter(whose, kind="say", at__gt=entering.now - HOUR).values("pk")
        sql, values = recent.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS posts) < %s")  # noqa: S608 - compiled by Django
        given += [*values, limit]
    return " AND ".join(parts), given
