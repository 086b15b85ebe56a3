"""Texts of the tests: a draft, one that is read, checked, voted on, published and filed."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.charters import services
from lianxin.charters.models import CharterClause, CharterText
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.villages import services as villages
from lianxin.villages.models import MeetingTopic
from tests.factories import villages as make
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast

DAYS = 7


def clerk(cast: Cast, village: str) -> Actor:
    """Return the clerk of one of the two villages."""
    return cast.village if village == VILLAGE else cast.village_other


def town(cast: Cast, village: str) -> Actor:
    """Return the town of one of the two villages."""
    return cast.presidium if village == VILLAGE else cast.presidium_other


def draft(cast: Cast, kind: str = "covenant", village: str = VILLAGE, source: str = "model") -> CharterText:
    """Begin a text from the model."""
    return services.charter_start(actor=clerk(cast, village), village=village, kind=kind, source=source)


def clause(text: CharterText, anchor: str = "clean") -> CharterClause:
    """Return a clause of a text by its anchor in the model."""
    return text.clauses.get(anchor=anchor)


def commenting(cast: Cast, kind: str = "covenant", village: str = VILLAGE) -> CharterText:
    """Return a text that everybody may comment on for a week."""
    text = draft(cast, kind, village)
    until = clock.today() + timedelta(days=DAYS)
    return services.comments_open(actor=clerk(cast, village), text=text, until=until)


def after_comments() -> datetime:
    """Return the day after the week of comments."""
    return clock.now() + timedelta(days=DAYS + 1)


def to_vote(cast: Cast, kind: str = "covenant", village: str = VILLAGE) -> CharterText:
    """Return a text that has passed the town's check."""
    text = commenting(cast, kind, village)
    with clock.at(after_comments()):
        services.check_ask(actor=clerk(cast, village), text=text)
        return services.check_pass(actor=town(cast, village), text=text)


def voted(
    cast: Cast, matter: str = "covenant", *, present: int = 30, in_favour: int = 20, kind: str = "assembly"
) -> MeetingTopic:
    """Hold a meeting on a matter; with too few people it is a talk."""
    row = make.meeting(cast, kind)
    topic = villages.topic_add(actor=cast.village, meeting=row, title="修订村规民约", matter=matter)
    villages.meeting_notice(actor=cast.village, meeting=row)
    with clock.at(row.held_at):
        villages.meeting_move(actor=cast.village, meeting=row, act="open_sign_in")
        villages.meeting_count(actor=cast.village, meeting=row, present=present)
        if present < make.ADULTS // 2 + 1:
            villages.meeting_move(actor=cast.village, meeting=row, act="record_talk")
            topic.refresh_from_db()
            return topic
        villages.meeting_move(actor=cast.village, meeting=row, act="declare_valid")
        counts = {"in_favour": in_favour, "against": present - in_favour, "abstained": 0}
        topic = villages.topic_vote(actor=cast.village, meeting=row, topic=topic, **counts)
        villages.meeting_minutes(actor=cast.village, meeting=row, minutes="逐条介绍后表决，结果当场公布。")
        villages.meeting_move(actor=cast.village, meeting=row, act="decide")
    topic.refresh_from_db()
    return topic


def adopted(cast: Cast, kind: str = "covenant") -> CharterText:
    """Return a text that the assembly has adopted."""
    text = to_vote(cast, kind)
    return services.vote_record(actor=cast.village, text=text, topic=voted(cast, kind))


def published(cast: Cast, kind: str = "covenant", *, in_days: int = 0) -> CharterText:
    """Return a published text that is in force in some days."""
    text = adopted(cast, kind)
    day = clock.today() + timedelta(days=in_days)
    return services.charter_publish(actor=cast.village, text=text, effective_on=day)


def filed(cast: Cast, kind: str = "covenant") -> CharterText:
    """Return a text on the town's file."""
    text = services.charter_send(actor=cast.village, text=published(cast, kind))
    return services.charter_file(actor=cast.presidium, text=text)


__all__ = ["OTHER_VILLAGE", "VILLAGE"]
