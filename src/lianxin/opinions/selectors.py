"""Reading opinions: lists by keyset, the desk's detail, the resident's code page, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianxin.audit.models import PersonalRead
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.codes import clean
from lianxin.common.errors import Invalid, NotFound, TooMany
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.codes import code_hash
from lianxin.opinions.models import ClusterMember, HotTopic, Opinion, OpinionEvent, Post
from lianxin.opinions.permissions import visible_to
from lianxin.opinions.workflow import ENDED, PLAIN, State
from lianxin.people.models import RoleLabel
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.search.matcher import Match, similar_to

TODO = (
    State.NEW,
    State.NEED_MORE,
    State.RECORDED,
    State.SORTED,
    State.OBJECTED,
    State.REPLIED,
    State.ANSWERED,
)
TABS = {
    "todo": TODO,
    "going": (State.TRANSFERRED, State.CONVERTED, State.MERGED),
    "done": (State.FED_BACK, State.RATED, *ENDED),
}


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
    here = actor.has_in(opinion.station.division_code, Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
    own = opinion.recorder_id is not None and opinion.recorder_id == actor.id
    return opinion.text if here or own else opinion.outgoing_text


def opinion_by_code(typed: str, *, browser_token: str) -> Opinion:
    """Return the opinion of a query code; wrong codes wait after three tries."""
    _hold_guesses(browser_token)
    code = clean(typed)
    if code is None:
        _note_guess(browser_token)
        raise Invalid(
            "查询码有误，请再核对一遍（不含字母 O、I、L）。", fields={"code": "请照回执重新输一遍。"}
        )
    opinion = Opinion.objects.select_related("station").filter(code_hash=code_hash(code)).first()
    if opinion is None:
        _note_guess(browser_token)
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


def similar_for(actor: Actor, text: str, *, limit: int = 8, exclude: tuple[UUID, ...] = ()) -> list[Match]:
    """Return like opinions that the actor may see, best first."""
    matches = similar_to(text, kind="opinion", limit=limit * 4, exclude=exclude)
    seen = set(
        visible_to(actor).filter(pk__in=[match.object_id for match in matches]).values_list("pk", flat=True)
    )
    return [match for match in matches if match.object_id in seen][:limit]


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


def topic_size(home6: str, category: str) -> int:
    """Return how many opinions of a category came in the last twelve months."""
    return topic_opinions(home6, category).count()


def topic_opinions(home6: str, category: str) -> QuerySet[Opinion]:
    """Return the opinions behind a topic's figure."""
    since = clock.now() - timedelta(days=365)
    return Opinion.objects.filter(home6=home6, category=category, received_at__gte=since, is_sealed=False)


def topics(actor: Actor) -> list[dict[str, Any]]:
    """Return categories by size in what the actor may see, and whether each is on the yearly list."""
    since = clock.now() - timedelta(days=365)
    sizes = (
        visible_to(actor)
        .filter(received_at__gte=since)
        .exclude(category="")
        .values("category")
        .annotate(count=Count("id"))
        .order_by("-count")[:8]
    )
    listed = set(HotTopic.objects.filter(year=clock.today().year).values_list("category", flat=True))
    return [{**row, "listed": row["category"] in listed} for row in sizes]


def figures(actor: Actor) -> dict[str, int]:
    """Return the desk's figures; each equals the list of the same name (one query)."""
    today = clock.today()
    return visible_to(actor).aggregate(
        todo=Count("id", filter=Q(state__in=TABS["todo"])),
        going=Count("id", filter=Q(state__in=TABS["going"])),
        done=Count("id", filter=Q(state__in=TABS["done"])),
        late=Count("id", filter=Q(state=State.NEW, sort_due_on__lt=today)),
    )


def channels(actor: Actor) -> list[dict[str, Any]]:
    """Return how many opinions came by each channel."""
    rows = visible_to(actor).values("channel").annotate(count=Count("id")).order_by("-count")
    return [dict(row) for row in rows]


def open_by_place(actor: Actor, width: int) -> dict[str, int]:
    """Return open matters by place: `width` 9 for towns, 12 for villages (one query)."""
    rows = (
        visible_to(actor).exclude(state__in=TABS["done"]).values("division_code").annotate(count=Count("id"))
    )
    found: dict[str, int] = {}
    for row in rows:
        code = row["division_code"][:width].ljust(12, "0")
        found[code] = found.get(code, 0) + row["count"]
    return found


def published(home6: str) -> QuerySet[Opinion]:
    """Return what residents may see of others: published results only."""
    return Opinion.objects.filter(home6=home6, visibility="public").order_by("-id")


def _hold_guesses(browser_token: str) -> None:
    tries, wait = value("opinion.lookup_tries"), value("opinion.lookup_wait_seconds")
    since = clock.now() - timedelta(seconds=wait)
    mine = Post.objects.filter(
        kind="guess", token_hash=keyed_hash(browser_token, purpose="browser"), at__gte=since
    )
    times = list(mine.order_by("at").values_list("at", flat=True))
    if len(times) >= tries:
        left = wait - int((clock.now() - times[-1]).total_seconds())
        raise TooMany("输错了几次，请等半分钟再试，或到联络站查询。", retry_after=max(1, left))


def _note_guess(browser_token: str) -> None:
    Post.objects.create(kind="guess", token_hash=keyed_hash(browser_token, purpose="browser"))
