"""征求意见: clause by clause, without signing in; what was said on paper counts the same."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.charters.models import CharterClause, CharterComment, CharterText, Outcome
from lianxin.charters.services.step import step
from lianxin.charters.services.telling import tell_deputy, tell_village
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, TooMany
from lianxin.common.masking import mask
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.rulebook.selectors import value
from lianxin.villages.hiding import hidden
from lianxin.villages.services.asking import bound, refuse_others

LEAST, MOST = 4, 500


@write
def comments_open(
    *, actor: Actor, text: CharterText, until: date, request_id: str | None = None
) -> CharterText:
    """Open a text to everybody's comments until a day, seven days off at least (a parameter)."""
    step(
        actor=actor,
        text=text,
        act="open_comments",
        facts={"until": str(until)},
        planned_until=until,
        comment_from=clock.today(),
        comment_until=until,
        town_note="",
    )
    tell_deputy(text, "您监督的村正在征求对章程公约的意见", f"open:{until}")
    return text


def comment_say(
    *,
    actor: Actor,
    text: CharterText,
    words: str,
    clause: CharterClause | None = None,
    browser_token: str = "",
    request_id: str | None = None,
) -> CharterComment:
    """Take in a resident's comment; names and numbers in it are hidden at once."""
    comment = _new(text, words, clause)
    comment.token_hash = keyed_hash(browser_token, purpose="browser") if browser_token else ""
    key = bound(browser_token, request_id)
    kept = _take_in(actor=actor, text=text, comment=comment, request_id=key)
    refuse_others(request_id, kept=_said(kept), sent=_said(comment))
    return kept


def _said(comment: CharterComment) -> tuple[object, ...]:
    return comment.text_id, comment.clause_id, comment.words


@write
def _take_in(
    *, actor: Actor, text: CharterText, comment: CharterComment, request_id: str | None = None
) -> CharterComment:
    _hold_floods(comment.token_hash, text.home6)
    step(actor=actor, text=text, act="comment", facts={"comment": str(comment.id)})
    comment.save(force_insert=True)
    tell_village(text, "有群众对章程公约提了意见", f"comment:{clock.today()}")
    return comment


@write
def comment_from_paper(
    *,
    actor: Actor,
    text: CharterText,
    words: str,
    clause: CharterClause | None = None,
    request_id: str | None = None,
) -> CharterComment:
    """Enter what came on paper or was said at a meeting."""
    comment = _new(text, words, clause)
    comment.on_paper = True
    step(actor=actor, text=text, act="paper_comment", facts={"comment": str(comment.id)})
    comment.save(force_insert=True)
    return comment


def _new(text: CharterText, words: str, clause: CharterClause | None) -> CharterComment:
    said = words.strip()
    if not LEAST <= len(said) <= MOST:
        raise Invalid("请写清楚您的意见。", fields={"words": f"写 {LEAST} 到 {MOST} 个字。"})
    return CharterComment(
        text=text,
        home6=text.home6,
        division_code=text.division_code,
        clause=clause,
        words=mask(said).text,
    )


def _hold_floods(token: str, home6: str) -> None:
    since = clock.now() - timedelta(hours=1)
    recent = CharterComment.objects.filter(token_hash=token, created_at__gte=since)
    if token and recent.count() >= value("charter.comments_hour", home6=home6):
        raise TooMany("刚才提得有点多，请过一会儿再提，或到村委会写在纸上。", retry_after=3600)


@write
def comment_settle(
    *, actor: Actor, comment: CharterComment, outcome: str, why: str, request_id: str | None = None
) -> CharterComment:
    """Write what came of a comment, with the reason; the numbers are shown to everybody."""
    errors = {}
    if outcome not in Outcome.values:
        errors["outcome"] = "请选采纳、部分采纳或没有采纳。"
    if len(why.strip()) < 2:
        errors["why"] = "请写一句理由。"
    if errors:
        raise Invalid("有几项还没填好。", fields=errors)
    step(actor=actor, text=comment.text, act="settle", facts={"comment": str(comment.id), "outcome": outcome})
    waiting = CharterComment.objects.filter(pk=comment.pk, outcome="")
    if waiting.update(outcome=outcome, outcome_why=hidden(why.strip()[:200])[0]) != 1:
        raise Conflict("这条意见已经处理过了。")
    comment.refresh_from_db()
    return comment
