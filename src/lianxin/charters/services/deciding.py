"""The town's pre-check and the assembly's vote; only a meeting that was valid can adopt a text."""

from __future__ import annotations

from lianxin.charters.models import CharterText
from lianxin.charters.permissions import may
from lianxin.charters.rules import Verdict, Vote, vote_verdict
from lianxin.charters.services.step import step
from lianxin.charters.services.telling import tell_deputy, tell_town, tell_village
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.villages.hiding import hidden
from lianxin.villages.models import MeetingKind, MeetingTopic
from lianxin.villages.workflow import Meeting

DECIDED = (Meeting.DECIDED, Meeting.CARRYING_OUT, Meeting.SHOWN)


@write
def check_ask(*, actor: Actor, text: CharterText, request_id: str | None = None) -> CharterText:
    """Send the text to the town, after the comments have been heard and settled."""
    step(actor=actor, text=text, act="ask_check", town_note="")
    tell_town(text, "有村送来章程公约，请预审", f"check:{text.events.count()}")
    return text


@write
def check_pass(
    *, actor: Actor, text: CharterText, note: str = "", request_id: str | None = None
) -> CharterText:
    """The town has found nothing against the law: the assembly may vote."""
    words = hidden(note.strip()[:500])[0]
    step(actor=actor, text=text, act="check_pass", note=words, checked_on=clock.today(), town_note=words)
    tell_village(text, "预审通过，可以开村民会议表决了", "passed")
    return text


@write
def check_return(*, actor: Actor, text: CharterText, note: str, request_id: str | None = None) -> CharterText:
    """The town has found a clause that cannot stand: the village mends it."""
    words = law_note(note)
    step(actor=actor, text=text, act="check_return", note=words, town_note=words)
    tell_village(text, "镇里退回章程公约，请照意见改正", f"returned:{text.events.count()}")
    return text


def law_note(note: str) -> str:
    """Return the town's words: which clause, which law, how to mend it."""
    words = hidden(note.strip()[:500])[0]
    if len(words) < 8:
        raise Invalid("请写明哪一条、违反哪部法律、怎么改。", fields={"note": "至少 8 个字，村里照着改。"})
    return words


def verdict_of(text: CharterText, topic: MeetingTopic) -> Vote:
    """Say what the vote on a topic means for a text."""
    meeting = topic.meeting
    is_talk = meeting.state == Meeting.TALK
    return vote_verdict(
        is_assembly=meeting.kind == MeetingKind.ASSEMBLY,
        is_community=text.is_community,
        fits=topic.matter == text.kind and meeting.division_code == text.division_code,
        is_over=is_talk or meeting.state in DECIDED,
        is_quorate=not is_talk,
        passed=topic.passed,
    )


@write
def vote_record(
    *, actor: Actor, text: CharterText, topic: MeetingTopic, request_id: str | None = None
) -> CharterText:
    """Join the text with the assembly's vote on it (第二十七条); a meeting that failed leaves it to be voted.

    The representatives' meeting is refused with the article. A meeting without quorum, or a vote without
    majority, is noted and the text stays as it was.
    """
    if not may(actor, "record_vote", text):
        raise Denied("您没有办理这一步的权限。")
    vote = verdict_of(text, topic)
    if vote.verdict is Verdict.REFUSED:
        raise Refused(vote.words)
    facts = {"meeting": str(topic.meeting_id), "topic": str(topic.id)}
    if vote.verdict is Verdict.FAILED:
        return step(actor=actor, text=text, act="vote_failed", note=vote.words, facts=facts)
    counts = {"in_favour": topic.in_favour, "against": topic.against, "abstained": topic.abstained}
    day = topic.decided_on or clock.today()
    step(actor=actor, text=text, act="record_vote", facts={**facts, **counts}, topic=topic, adopted_on=day)
    tell_deputy(text, "您监督的村通过了章程公约", "adopted")
    return text


@write
def redraft(*, actor: Actor, text: CharterText, request_id: str | None = None) -> CharterText:
    """Take a text that was not adopted back into the draft: it is read and checked anew."""
    return step(actor=actor, text=text, act="redraft", comment_from=None, comment_until=None, checked_on=None)
