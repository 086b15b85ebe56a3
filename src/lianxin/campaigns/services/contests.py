"""十大金牌村规民约评选: nominate, review, vote, publish exactly ten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from lianxin.audit.moving import Trail, move
from lianxin.audit.services import record
from lianxin.campaigns.models import Contest, Nomination, PaperCount, VoteTurn
from lianxin.campaigns.permissions import may, may_nominate, may_open
from lianxin.campaigns.workflow import CONTEST, ContestFacts, Stage
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.rulebook.selectors import value
from lianxin.villages.hiding import hidden

TRAIL = Trail("contest", "contest")
Clauses = Sequence[tuple[str, str]]


def facts_of(contest: Contest, chosen: int | None = None) -> ContestFacts:
    """Return the plain facts that guards look at."""
    return ContestFacts(
        wanted=value("contest.winners", home6=contest.home6),
        shortlisted=contest.nominations.filter(passed=True).count(),
        chosen=chosen,
    )


def _step(actor: Actor, contest: Contest, act: str, chosen: int | None = None, **more: Any) -> Contest:
    if not may(actor, act, contest):
        raise Denied("您没有办理这一步的权限。")
    to = CONTEST.next_state(contest.state, act, facts_of(contest, chosen))
    return move(contest, actor=actor, act=act, to=to, trail=TRAIL, **more)


@write
def contest_open(*, actor: Actor, home6: str, name: str, request_id: str | None = None) -> Contest:
    """Open a contest; one a year."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以发起评选。")
    if len(name.strip()) < 4:
        raise Invalid("请写评选的名称。", fields={"name": "至少 4 个字。"})
    year = clock.today().year
    if Contest.objects.filter(home6=home6, year=year).exists():
        raise Conflict("今年已经开过评选。")
    row = Contest.objects.create(
        home6=home6, division_code=f"{home6}000000", name=name.strip()[:60], year=year
    )
    record(actor=actor, tag="contest.open", kind="contest", target=row.id, home6=home6)
    return row


@write
def covenant_nominate(  # noqa: PLR0913 - what is put forward
    *,
    actor: Actor,
    contest: Contest,
    village: str,
    covenant: UUID,
    clauses: Clauses,
    why: str,
    request_id: str | None = None,
) -> Nomination:
    """Put a village's covenant forward with its words as they stand in force."""
    if not actor.has_in(village, Role.VILLAGE):
        raise Denied("只有本村村委会可以推荐本村的公约。")
    if contest.state != Stage.NOMINATING:
        raise Conflict("推荐已经结束了。")
    words = why.strip()
    if not 6 <= len(words) <= 300:
        raise Invalid("请写推荐的理由。", fields={"why": "写 6 到 300 个字：好在哪里，起了什么作用。"})
    if contest.nominations.filter(division_code=village).exists():
        raise Conflict("本村已经推荐过了。")
    row = Nomination.objects.create(
        home6=contest.home6,
        division_code=village,
        contest=contest,
        covenant=covenant,
        clauses=[list(one) for one in clauses],
        why=hidden(words)[0],
    )
    facts = {"village": village}
    record(actor=actor, tag="contest.nominate", kind="contest", target=row.id, home6=row.home6, facts=facts)
    return row


@write
def nomination_review(
    *, actor: Actor, row: Nomination, passed: bool, note: str = "", request_id: str | None = None
) -> Nomination:
    """The town says whether a covenant may go to the vote: lawful, and in force."""
    if not may_nominate(actor, "review", row):
        raise Denied("只有本镇可以审核。")
    if row.contest.state != Stage.NOMINATING:
        raise Conflict("审核已经结束了。")
    if not passed and len(note.strip()) < 4:
        raise Invalid("请写明为什么不推荐。", fields={"note": "至少 4 个字。"})
    fresh = Nomination.objects.filter(pk=row.pk, passed=None)
    if fresh.update(passed=passed, town_note=hidden(note.strip()[:200])[0]) != 1:
        raise Conflict("这一份已经审核过了。")
    row.refresh_from_db()
    facts = {"passed": passed}
    record(actor=actor, tag="contest.review", kind="contest", target=row.id, home6=row.home6, facts=facts)
    return row


@write
def contest_move(*, actor: Actor, contest: Contest, act: str, request_id: str | None = None) -> Contest:
    """Open the voting or close it."""
    if act not in {"open_voting", "close_voting"}:
        raise Invalid("没有这个操作，请刷新页面。")
    return _step(actor, contest, act)


@write
def vote_cast(
    *, actor: Actor, row: Nomination, browser_token: str, request_id: str | None = None
) -> VoteTurn:
    """Count one vote: one a browser a day. That it has voted and for what are kept apart."""
    contest = row.contest
    if not may(actor, "vote", contest) or row.passed is not True:
        raise Denied("这一份不在投票里。")
    CONTEST.next_state(contest.state, "vote", facts_of(contest))
    if not browser_token:
        raise Invalid("请打开浏览器的 Cookie 再投，或到联络站投纸票。")
    today = clock.today()
    turn = VoteTurn(
        home6=row.home6,
        contest=contest,
        day=today,
        token_hash=keyed_hash(f"{browser_token}:{contest.pk}:{today}", purpose="contest-turn"),
        created_at=clock.day_start(today),
    )
    known = VoteTurn.objects.filter(contest=contest, day=today, token_hash=turn.token_hash)
    if known.exists():
        raise Conflict("今天已经投过一票了，明天可以再投。")
    turn.save(force_insert=True)
    Nomination.objects.filter(pk=row.pk).update(online_votes=F("online_votes") + 1)
    return turn


@write
def paper_count(*, actor: Actor, row: Nomination, count: int, request_id: str | None = None) -> PaperCount:
    """Enter what a station counted on paper for one covenant, once."""
    if not may_nominate(actor, "count", row):
        raise Denied("只有联络站可以录纸票。")
    if row.contest.state != Stage.VOTING or row.passed is not True:
        raise Conflict("现在不收纸票。")
    if not 1 <= count <= 5000:
        raise Invalid("票数不对，请核对。", fields={"count": "请填 1 到 5000。"})
    place = actor.places(Role.KEEPER)[0]
    if PaperCount.objects.filter(nomination=row, division_code=place).exists():
        raise Conflict("本站已经录过这一份的纸票。")
    paper = PaperCount.objects.create(home6=row.home6, division_code=place, nomination=row, count=count)
    Nomination.objects.filter(pk=row.pk).update(paper_votes=F("paper_votes") + count)
    facts = {"station": place, "count": count}
    record(actor=actor, tag="contest.paper", kind="contest", target=row.id, home6=row.home6, facts=facts)
    return paper


@write
def contest_publish(
    *, actor: Actor, contest: Contest, winners: Sequence[UUID], request_id: str | None = None
) -> Contest:
    """Publish the panel's choice: exactly ten, never eleven; votes advise, the panel decides."""
    chosen = list(dict.fromkeys(winners))
    _step(actor, contest, "publish", len(chosen), published_on=clock.today(), facts={"count": len(chosen)})
    fitting = set(contest.nominations.filter(passed=True).values_list("pk", flat=True))
    if not set(chosen) <= fitting:
        raise Invalid("有一份没有通过镇里的审核，不能入选。", fields={"winners": "请只选通过审核的。"})
    for place, pk in enumerate(chosen, 1):
        Nomination.objects.filter(pk=pk).update(place=place)
    return contest


def contest_register(
    *,
    actor: Actor,
    home6: str,
    name: str,
    on: date,
    rows: Sequence[tuple[str, UUID, Clauses, str, int]],
    winners: int,
) -> Contest:
    """Enter an older contest: village, covenant, its words, why, votes; the first `winners` were chosen."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以补录评选。")
    contest = Contest.objects.create(
        home6=home6,
        division_code=f"{home6}000000",
        name=name,
        year=on.year,
        state=Stage.PUBLISHED,
        published_on=on,
    )
    made = [
        Nomination(
            home6=home6,
            division_code=village,
            contest=contest,
            covenant=covenant,
            clauses=[list(one) for one in clauses],
            why=why,
            passed=True,
            online_votes=votes,
            place=place if place <= winners else None,
        )
        for place, (village, covenant, clauses, why, votes) in enumerate(rows, 1)
    ]
    Nomination.objects.bulk_create(made)
    facts = {"count": len(made), "winners": winners}
    record(actor=actor, tag="contest.register", kind="contest", target=contest.id, home6=home6, facts=facts)
    return contest
