"""Reading channels, questions and circulars; every list begins with what the actor may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from lianxin.colleagues.models import Answer, Circular, Post, Question, ReadMark, Receipt
from lianxin.colleagues.permissions import (
    circulars_visible_to,
    colleagues_of,
    desks_of,
    posts_visible_to,
    questions_visible_to,
)
from lianxin.colleagues.workflow import QuestionState, ReceiptState
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.people.models import Deputy, DeputyGroup

MET = (
    Q(circular__wants="read", state=ReceiptState.READ)
    | Q(circular__wants="done", state=ReceiptState.DONE)
    | Q(circular__wants="reply", state=ReceiptState.REPLIED)
)
"""The receivers who have done what was asked (the same rule as `workflow.MET`, for the database)."""


def channel(actor: Actor, group: DeputyGroup, *, limit: int = 60) -> list[Post]:
    """Return the last messages of one's group, the oldest first (one query)."""
    rows = posts_visible_to(actor).filter(group=group).select_related("author", "reply_to__author")
    return list(rows.order_by("-at", "-id")[:limit])[::-1]


def post_for(actor: Actor, pk: UUID) -> Post:
    """Return a message of one's group."""
    post = posts_visible_to(actor).select_related("group", "author").filter(pk=pk).first()
    if post is None:
        raise NotFound("没有找到这条消息。")
    return post


def unread_posts(actor: Actor, deputy: Deputy, group: DeputyGroup) -> int:
    """Return how many messages of others came since one last read."""
    rows = posts_visible_to(actor).filter(group=group, retracted_at=None).exclude(author=deputy)
    mark = ReadMark.objects.filter(group=group, deputy=deputy).first()
    return (rows.filter(at__gt=mark.read_to) if mark else rows).count()


def readers(group: DeputyGroup) -> dict[UUID, ReadMark]:
    """Return up to when each member has read."""
    return {row.deputy_id: row for row in ReadMark.objects.filter(group=group)}


def questions_page(actor: Actor, deputy: Deputy, *, tab: str = "to_me", limit: int = 40) -> list[Question]:
    """Return the questions put to oneself, or one's own (one query)."""
    rows = questions_visible_to(actor).select_related("asker", "to").annotate(n=Count("answers"))
    rows = rows.filter(asker=deputy) if tab == "mine" else rows.exclude(asker=deputy)
    return list(rows.order_by("-at", "-id")[:limit])


def questions_waiting(actor: Actor, deputy: Deputy) -> int:
    """Return how many open questions wait for oneself."""
    rows = questions_visible_to(actor).filter(state=QuestionState.OPEN)
    return rows.exclude(asker=deputy).count()


def question_for(actor: Actor, pk: UUID) -> Question:
    """Return a question that concerns the actor, with its answers."""
    answers = Prefetch("answers", Answer.objects.select_related("author"))
    rows = questions_visible_to(actor).select_related("asker", "to").prefetch_related(answers)
    question = rows.filter(pk=pk).first()
    if question is None:
        raise NotFound("没有找到这个问题，或者与您无关。")
    return question


def fields_of(deputy: Deputy) -> list[tuple[str, int]]:
    """Return the fields of work of one's colleagues with how many there are (one query)."""
    rows = colleagues_of(deputy).exclude(occupation="").values_list("occupation")
    return list(rows.annotate(n=Count("pk", distinct=True)).order_by("-n", "occupation"))


def colleagues(deputy: Deputy, words: str = "", *, limit: int = 30) -> list[Deputy]:
    """Return the colleagues whom one may ask, by name or pinyin (one query)."""
    rows = colleagues_of(deputy)
    if words:
        rows = rows.filter(Q(name__contains=words) | Q(pinyin__startswith=words.lower()))
    return list(rows.order_by("pinyin", "pk")[:limit])


def inbox(actor: Actor, *, tab: str = "open", limit: int = 60) -> list[Receipt]:
    """Return what has arrived at the actor's desks: `open` is what still has to be done (one query)."""
    rows = Receipt.objects.filter(division_code__in=desks_of(actor)).select_related("circular")
    if tab == "unread":
        rows = rows.filter(state=ReceiptState.UNREAD, circular__state="sent")
    elif tab == "open":
        rows = rows.filter(circular__state="sent").exclude(MET)
    return list(rows.order_by(F("circular__sent_at").desc(), "-id")[:limit])


def outbox(actor: Actor, *, limit: int = 60) -> QuerySet[Circular]:
    """Return what the actor's desks have sent, with how many have read and done it (one query)."""
    met = (
        Q(wants="read", receipts__state=ReceiptState.READ)
        | Q(wants="done", receipts__state=ReceiptState.DONE)
        | Q(wants="reply", receipts__state=ReceiptState.REPLIED)
    )
    rows = Circular.objects.filter(division_code__in=desks_of(actor)).annotate(
        total=Count("receipts"),
        unread=Count("receipts", filter=Q(receipts__state=ReceiptState.UNREAD)),
        met=Count("receipts", filter=met),
    )
    return rows.order_by("-sent_at", "-id")[:limit]


def circular_for(actor: Actor, pk: UUID) -> Circular:
    """Return a circular that the actor's desk sent or received."""
    circular = circulars_visible_to(actor).filter(pk=pk).first()
    if circular is None:
        raise NotFound("没有找到这份文件，或者不是发给您这里的。")
    return circular


def receipts_for(actor: Actor, circular: Circular) -> list[Receipt]:
    """Return all receipts for the sender, one's own for a receiver."""
    rows = circular.receipts.select_related("circular").prefetch_related("events")
    if circular.division_code not in desks_of(actor):
        rows = rows.filter(division_code__in=desks_of(actor))
    return list(rows.order_by("division_code"))


def inbox_figures(actor: Actor) -> dict[str, int]:
    """Return how many are unread and how many are open; each equals its list (one query)."""
    rows = Receipt.objects.filter(division_code__in=desks_of(actor), circular__state="sent")
    counted: dict[str, int] = rows.aggregate(
        unread=Count("pk", filter=Q(state=ReceiptState.UNREAD)), open=Count("pk", filter=~MET)
    )
    return counted
