"""Hot topics (焦点): what many speak of, and its promotion to the yearly list."""

from __future__ import annotations

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Refused
from lianxin.common.writes import write
from lianxin.opinions.models import HotTopic
from lianxin.opinions.selectors import topic_size
from lianxin.rulebook.services import value


@write
def topic_promote(
    *, actor: Actor, home6: str, category: str, title: str, request_id: str | None = None
) -> HotTopic:
    """Put a topic on the list of the year's priorities (列为工作重点)."""
    if not actor.has(Role.OFFICE):
        raise Denied("由市人大代工委列为工作重点。")
    size, least = topic_size(home6, category), value("opinion.hot_topic_min", home6=home6)
    if size < least:
        raise Refused(f"这个话题现有 {size} 件，少于 {least} 件，还不算焦点。")
    topic, _ = HotTopic.objects.update_or_create(
        home6=home6,
        year=clock.today().year,
        title=title,
        defaults={"category": category, "opinions_count": size, "listed_on": clock.today()},
    )
    record(
        actor=actor,
        tag="opinion.topic_promote",
        kind="hot_topic",
        target=topic.id,
        home6=home6,
        facts={"category": category, "count": size},
    )
    return topic
