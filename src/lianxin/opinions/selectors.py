"""Reading opinions: lists by keyset, the desk's detail, the resident's code page, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianxin.audit.models import PersonalRead
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.codes import clean
from lianxin.common.errors import Invalid, NotFound
from lianxin.opinions import guesses
from lianxin.opinions.codes import code_hash
from lianxin.opinions.counts import (
    TABS,
    TODO,
    channels,
    figures,
    open_by_place,
    topic_months,
    topic_opinions,
    topic_size,
    topics,
    yearly_list,
)
from lianxin.opinions.models import (
    ClusterMember,
    Contact,
    ContactAccess,
    Opinion,
    OpinionEvent,
    Support,
)
from lianxin.opinions.permissions import visible_to
from lianxin.opinions.workflow import PLAIN, STAFF, State
from lianxin.people.models import RoleLabel
from lianxin.regions.selectors import place_name
from lianxin.search.matcher import Match, similar_to

__all__ = [
    "PublicStep", "Quote", "TABS", "TODO", "access_requests", "channels", "contact_erase_on", "figures",
    "open_by_place", "opinion_by_code", "opinion_for", "opinions_page", "path_of", "plain_state",
    "public_steps", "published", "quotable", "reads_original", "similar_for", "similar_published",
    "supports_counted", "text_for", "topic_months", "topic_opinions", "topic_size", "topics", "who_looked",
    "yearly_list",
]  # fmt: skip


def opinions_page(
    actor: Actor,
    *,
    tab: str = "",
    state: str = "",
    category: str = "",
    channel: str = "",
    after: UUID | None = None,
    limit: int = 50,
) -> list[Opinion]:
    """Return one page of what the actor may see, the newest first (two queries)."""
    found = visible_to(actor).select_related("station").order_by("-id")
    if tab in TABS:
        found = found.filter(state__in=TABS[tab])
    for name, wanted in (("state", state), ("category", category), ("channel", channel)):
        if wanted:
            found = found.filter(**{name: wanted})
    return list((found.filter(id__lt=after) if after else found)[:limit])


def opinion_for(actor: Actor, pk: UUID) -> Opinion:
    """Return an opinion that the actor may see."""
    opinion = visible_to(actor).select_related("station__parent").filter(pk=pk).first()
    if opinion is None:
        raise NotFound("没有找到这件民情，或者不在您的范围内。")
    return opinion


def text_for(actor: Actor, opinion: Opinion) -> str:
    """Return the words as this actor may read them: the original in the station, else the checked copy."""
    if opinion.is_sealed:
        return "密件：要两人批准后才能打开。"
    return opinion.text if reads_original(actor, opinion) else opinion.outgoing_text


def reads_original(actor: Actor, opinion: Opinion) -> bool:
    """Say whether the actor reads the words as they were said, and sees the photos that came with them."""
    station = opinion.station
    here = actor.places(Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
    own = opinion.recorder_id is not None and opinion.recorder_id == actor.id
    at_station = {station.division_code, station.town_code, opinion.received_place} & set(here)
    return not opinion.is_sealed and (bool(at_station) or own)


def opinion_by_code(typed: str, *, browser_token: str, address: str = "") -> Opinion:
    """Return the opinion of a query code; wrong codes wait after three tries.

    A browser's token is the caller's to change; `address`, from where he calls, is not: it may
    miss far more often, for a whole village may stand behind it, but not without end.
    """
    guesses.hold(browser_token, address)
    code = clean(typed)
    if code is None:
        guesses.note(browser_token, address)
        raise Invalid(
            "查询码有误，请再核对一遍（不含字母 O、I、L）。", fields={"code": "请照回执重新输一遍。"}
        )
    opinion = Opinion.objects.select_related("station").filter(code_hash=code_hash(code)).first()
    if opinion is None:
        guesses.note(browser_token, address)
        raise NotFound("没有查到这个查询码，请再核对，或到联络站查询。")
    return opinion


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One line of the resident's timeline."""

    at: Any
    title: str
    text: str
    is_last: bool = False


def public_steps(opinion: Opinion) -> list[PublicStep]:
    """Return what happened, in plain words, without anybody's identity."""
    events = list(OpinionEvent.objects.filter(opinion=opinion).exclude(public_text=""))
    lead = ClusterMember.objects.select_related("cluster__lead").filter(opinion=opinion, left_at=None).first()
    if lead:
        events += list(
            OpinionEvent.objects.filter(opinion=lead.cluster.lead, act__in=FOLLOWED).exclude(public_text="")
        )
        events.sort(key=lambda event: event.at)
    return [
        PublicStep(
            event.at,
            PLAIN.get(State(event.to_state), "") if event.to_state else "",
            event.public_text,
            is_last=place == len(events) - 1,
        )
        for place, event in enumerate(events)
    ]


FOLLOWED = ("transfer", "follow_reply", "follow_object", "convert", "consult", "escalate")


def plain_state(opinion: Opinion) -> str:
    """Return the state as residents read it."""
    return PLAIN[State(opinion.state)]


def who_looked(opinion: Opinion) -> list[tuple[str, Any]]:
    """Return role and time of each look at the person's data (谁看过这件事)."""
    reads = PersonalRead.objects.filter(subject_kind="opinion", subject_id=str(opinion.id)).order_by("at")
    labels = dict(RoleLabel.choices)
    return [(str(labels.get(read.role, read.role)), read.at) for read in reads]


def similar_for(
    actor: Actor, text: str, *, limit: int = 8, exclude: tuple[UUID, ...] = (), near: str = ""
) -> list[Match]:
    """Return like opinions that the actor may see, best first; `near`: the place of the matter, if known."""
    places = actor.places(*STAFF, Role.GRID_WORKER, Role.DEPUTY)
    matches = similar_to(
        text,
        limit=limit * 4,
        exclude=exclude,
        prefixes=[place_prefix(place) for place in places],
        near=near or next(iter(places), ""),
    )
    seen = set(
        visible_to(actor).filter(pk__in=[match.object_id for match in matches]).values_list("pk", flat=True)
    )
    return [match for match in matches if match.object_id in seen][:limit]


def similar_published(text: str, home6: str, *, limit: int = 5) -> list[Match]:
    """Return published matters like a text, by wording only: for residents, who see nothing else."""
    return similar_to(text, home6=home6, limit=limit, within=published(home6), by_meaning=False)


def contact_erase_on(opinion: Opinion) -> date | None:
    """Return the day on which the contact will be erased, for the code page; None before the end."""
    return Contact.objects.filter(opinion=opinion, erased_at=None).values_list("erase_on", flat=True).first()


def access_requests(actor: Actor) -> QuerySet[ContactAccess]:
    """Return requests that wait for this actor's approval: number, reason and asker, never the matter."""
    rule = Q(pk=None)
    for place in actor.places(Role.PRESIDIUM, Role.OFFICE):
        rule |= Q(opinion__station__division_code__startswith=place_prefix(place))
    waiting = ContactAccess.objects.filter(rule, approved_by=None, refused=False)
    return waiting.exclude(asked_by=str(actor.id)).select_related("opinion__station").order_by("created_at")


def path_of(opinion: Opinion) -> list[OpinionEvent]:
    """Return how a matter went up, down and across between stations (上报、下派、会商)."""
    acts = ("submit", "escalate", "send_down", "consult", "give_view")
    return list(OpinionEvent.objects.filter(opinion=opinion, act__in=acts))


@dataclass(frozen=True, slots=True)
class Quote:
    """An opinion as a suggestion may cite it: without a person."""

    id: UUID
    number: str
    title: str
    text: str
    place: str


def quotable(actor: Actor, ids: list[UUID]) -> list[Quote]:
    """Return the outgoing copies of opinions that the actor may see."""
    found = visible_to(actor).filter(pk__in=ids, is_sealed=False)
    return [
        Quote(row.id, row.number, row.title, row.outgoing_text, place_name(row.division_code))
        for row in found
    ]


def published(home6: str) -> QuerySet[Opinion]:
    """Return what residents may see of others: published results only, while their authors consent."""
    found = Opinion.objects.filter(home6=home6, visibility="public", may_publish=True)
    return found.order_by("-id")


def supports_counted(rows: Sequence[Opinion]) -> dict[UUID, int]:
    """Return opinion → how often 「我也一样」 was pressed (one query); who was never joined is left out."""
    found = Support.objects.filter(opinion__in=[row.pk for row in rows])
    return dict(found.values_list("opinion").annotate(n=Count("id")))
