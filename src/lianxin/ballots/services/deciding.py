"""From agreed figures to an announced result; a further round among the tied; void and anew."""

from __future__ import annotations

from typing import Any

from lianxin.ballots.further import decide_tied, grade, shortfall_in
from lianxin.ballots.models import Ballot, BallotMode, BallotOfficer, OfficerKind, TieRule
from lianxin.ballots.papers import Counted
from lianxin.ballots.quorum import passing_share, quorum_share
from lianxin.ballots.rules import Outcome, Tally, decide
from lianxin.ballots.scheme import count_of, scheme_of
from lianxin.ballots.services.holding import reason_of
from lianxin.ballots.services.preparing import NewOption, options_write
from lianxin.ballots.services.reports import reports_enter
from lianxin.ballots.services.step import SCAN, step
from lianxin.ballots.workflow import State
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, Refused
from lianxin.common.writes import write
from lianxin.documents.services import scan_accept
from lianxin.notifications.services import Recipient, enqueue
from lianxin.rulebook.selectors import value

HALF_IS_ENOUGH = "half_or_more"


def outcome_from(ballot: Ballot, counted: Counted) -> dict[str, Any]:
    """Return the outcome of agreed figures as it is kept; raise `Refused` where they do not stand."""
    tally = Tally(ballot.returned, counted.valid, counted.void, counted.votes)
    numbers: Any = {
        "electorate": ballot.electorate,
        "present": ballot.present,
        "issued": ballot.issued,
        "share": quorum_share(ballot.home6),
    }
    figures = {"valid": counted.valid, "void": counted.void, "blank": counted.blank}
    if ballot.mode == BallotMode.GRADES:
        return figures | _graded(ballot, tally, numbers)
    mode: Any = ballot.mode
    if ballot.among_tied and ballot.tie_rule == TieRule.MOST_VOTES:
        done = decide_tied(tally, places=ballot.places, mode=mode, **numbers)
    else:
        rule: Any = ballot.shortfall
        shortfall = shortfall_in(ballot.round_number, rule)
        numbers["passing"] = passing_share(ballot.home6)
        done = decide(tally, places=ballot.places, mode=mode, shortfall=shortfall, **numbers)
    if not done.valid:
        raise Refused(done.reason)
    return figures | _plain(done)


def _plain(done: Outcome) -> dict[str, Any]:
    return {
        "counts": {item: dict(votes) for item, votes in done.counts.items()},
        "passed": list(done.passed),
        "tied": list(done.tied),
        "needs_round": done.needs_round,
        "round_among": list(done.round_among),
        "open_places": done.open_places,
    }


def _graded(ballot: Ballot, tally: Tally, numbers: Any) -> dict[str, Any]:
    rule = value("ballot.grade_half", home6=ballot.home6)
    done = grade(
        tally,
        grades=[key for key, _ in ballot.grades],
        half_is_enough=rule == HALF_IS_ENOUGH,
        **numbers,
    )
    if not done.valid:
        raise Refused(done.reason)
    counts = {item: dict(votes) for item, votes in done.counts.items()}
    return {"counts": counts, "verdicts": dict(done.verdicts), "passed": [], "needs_round": False}


@write
def ballot_decide(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Ballot:
    """Compute the result from the figures on which both tellers agree."""
    if ballot.state != State.MATCHED:
        return step(actor=actor, ballot=ballot, act="decide")  # says why not
    count = count_of(ballot)
    outcome = outcome_from(ballot, count.sum(scheme_of(ballot).keys))
    facts = {"passed": len(outcome["passed"]), "needs_round": outcome["needs_round"]}
    return step(actor=actor, ballot=ballot, act="decide", facts=facts, outcome=outcome)


@write
def scan_attach(*, actor: Actor, ballot: Ballot, scan: bytes, request_id: str | None = None) -> Ballot:
    """Keep the report of the count, signed by the scrutineers, as a photo or PDF."""
    step(actor=actor, ballot=ballot, act="attach_scan")
    scan_accept(data=scan, owner_kind=SCAN, owner_id=ballot.id, home6=ballot.home6)
    return ballot


@write
def ballot_announce(*, actor: Actor, ballot: Ballot, chair: str, request_id: str | None = None) -> Ballot:
    """Note that the chair has read out every figure; from now on everybody of the body may read them."""
    name = chair.strip()[:40]
    if len(name) < 2:
        raise Invalid("请写由谁宣布。", fields={"chair": "写主持人（执行主席）的姓名。"})
    step(actor=actor, ballot=ballot, act="announce", chair=name, announced_on=clock.today())
    enqueue(
        to=Recipient.role(Role.DEPUTY, ballot.division_code),
        subject=f"票决结果公布：{ballot.subject}",
        text=f"{ballot.session}的结果和各项得票已经公布。",
        link=f"/ballots/{ballot.id}",
        about_kind="ballot",
        about_id=ballot.id,
        home6=ballot.home6,
        dedupe=f"ballot-announced:{ballot.id}",
    )
    reports_enter(actor, ballot)
    return ballot


@write
def ballot_void(*, actor: Actor, ballot: Ballot, reason: str, request_id: str | None = None) -> Ballot:
    """Void a vote before its result is announced; what was entered stays on the record."""
    return step(actor=actor, ballot=ballot, act="void", note=reason_of(reason))


@write
def ballot_next_round(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Ballot:
    """Prepare the further round: only among those tied at the cut, or those below the majority."""
    step(actor=actor, ballot=ballot, act="next_round")
    among = ballot.outcome["round_among"]
    return _follow(
        ballot, among, ballot.outcome["open_places"], ballot.round_number + 1, bool(ballot.outcome["tied"])
    )


@write
def ballot_start_anew(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Ballot:
    """Prepare the same vote anew after it was void: same options, same method, fresh papers."""
    step(actor=actor, ballot=ballot, act="start_anew")
    keys = list(ballot.options.values_list("key", flat=True))
    return _follow(ballot, keys, ballot.places, ballot.round_number, ballot.among_tied)


def _follow(ballot: Ballot, among: list[str], places: int, number: int, tied: bool) -> Ballot:
    """Return the vote that follows; method, tellers and scrutineers stay, as the same meeting goes on."""
    names = ("home6", "division_code", "purpose", "subject", "session", "level", "mode", "grades",
             "tie_rule", "about_kind", "about_id", "method_passed_on")  # fmt: skip
    rule: Any = ballot.shortfall
    following = Ballot.objects.create(
        **{name: getattr(ballot, name) for name in names},
        shortfall=shortfall_in(number, rule),
        held_on=clock.today(),
        places=places,
        round_number=number,
        among_tied=tied,
        previous=ballot,
    )
    kept = [one for one in ballot.options.all() if one.key in set(among)]
    options_write(following, [NewOption(one.key, one.label, one.note, one.owner_id) for one in kept])
    BallotOfficer.objects.bulk_create([_same(one, following) for one in ballot.officers.all()])
    return following


def _same(officer: BallotOfficer, ballot: Ballot) -> BallotOfficer:
    return BallotOfficer(
        ballot=ballot,
        home6=ballot.home6,
        kind=OfficerKind(officer.kind),
        slot=officer.slot,
        account_id=officer.account_id,
        deputy_id=officer.deputy_id,
        name=officer.name,
    )
