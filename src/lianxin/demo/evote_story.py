"""A trial by machine in the demo city: one town's vote, ten deputies at the kiosk, paper and machine apart.

It needs `belenios-tool`; without the program the city has this vote on paper only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lianxin.ballots import paper_facts, selectors, services
from lianxin.ballots.electronic import elections, keys, questions, tool
from lianxin.ballots.electronic import services as trials
from lianxin.ballots.electronic.services.step import ask_of
from lianxin.ballots.models import Ballot, BallotBatch, Trial
from lianxin.ballots.papers import count_lines
from lianxin.ballots.rules import Ballot as Paper
from lianxin.ballots.scheme import scheme_of
from lianxin.ballots.services import Method, NewOption
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.documents import ballot_papers
from lianxin.people.actors import actor_for
from lianxin.regions.selectors import place_name

OPTIONS = ("集镇污水管网接通", "集市搬到河东新场", "两处校门口装红绿灯", "文化站晚上开放")
AT_KIOSK = ("12", "13", "12", "1", "34", "12", "23", "", "12", "13")
"""What ten deputies mark at the kiosk, by number of the option."""


@dataclass(frozen=True, slots=True)
class _Hall:
    """Who is there."""

    host: Actor
    tellers: tuple[Actor, Actor]
    ballot: Ballot


def story(city: City, now: datetime) -> Story:
    """Tell the vote of three weeks ago, from its preparation to the published board."""
    yield now - timedelta(days=21, hours=8)
    hall = _prepared(city)
    if not tool.is_installed():
        _paper(hall)
        return
    trial = trials.trial_start(actor=hall.host, ballot=hall.ballot)
    with TemporaryDirectory() as folder:
        own = _keys(trial, Path(folder))
        codes = _cards(hall, trial)
        services.ballot_issue(actor=hall.host, ballot=hall.ballot, issued=hall.ballot.present)
        _vote(hall, trial, codes)
        _unlock(trial, own)
    hall.ballot.refresh_from_db()
    _paper(hall, issued=True)
    trial.refresh_from_db()
    trials.trial_publish(actor=hall.host, trial=trial)


def _prepared(city: City) -> _Hall:
    host, deputies = city.staff[f"presidium:{TOUR_TOWN}"], city.deputies[TOUR_TOWN]
    tellers = (city.staff[f"keeper:{TOUR_TOWN}"], city.staff["group_leader"])
    ballot = services.ballot_prepare(
        actor=host,
        body=TOUR_TOWN,
        purpose="other",
        subject=f"{clock.today().year}年镇上要办的事（电子试用）",
        session=f"{place_name(TOUR_TOWN)}人民代表大会会议",
        held_on=clock.today(),
        options=[NewOption(f"o{n}", label) for n, label in enumerate(OPTIONS, start=1)],
        method=Method("approval_max_n", 2, "accept_fewer", "most_votes"),
    )
    services.method_pass(actor=host, ballot=ballot)
    for one in tellers:
        assert one.id is not None
        services.teller_appoint(actor=host, ballot=ballot, account_id=one.id)
    known = {str(actor.id) for actor in city.staff.values()}
    for _actor, deputy in [pair for pair in deputies if str(pair[0].id) not in known][-5:]:
        services.scrutineer_appoint(actor=host, ballot=ballot, deputy=deputy)
    services.ballot_open(actor=host, ballot=ballot)
    services.ballot_sign_in(actor=host, ballot=ballot, present=ballot.electorate - 2)
    services.ballot_declare_quorum(actor=host, ballot=ballot)
    return _Hall(host, tellers, ballot)


def _keys(trial: Trial, folder: Path) -> list[tuple[Actor, bytes]]:
    """Let the five make their keys, each in a folder of his own."""
    rows = list(trial.trustees.all())
    actors = [actor_for(one.account_id) for one in rows]
    certificates, own = [], []
    for place, actor in enumerate(actors):
        device = folder / str(place)
        device.mkdir(mode=0o700)
        certificates.append(keys.new_key(device))
        own.append(next(device.glob("*.key")).read_bytes().strip())
        trials.part_give(actor=actor, trial=trial, part="certificate", content=certificates[-1])
    for actor, key in zip(actors, own, strict=True):
        made = keys.polynomial_of(key, certificates, trial.threshold)
        trials.part_give(actor=actor, trial=trial, part="polynomial", content=made)
    for actor, key, row in zip(actors, own, trial.trustees.all(), strict=True):
        made = keys.answer_to(key, certificates, row.received)
        trials.part_give(actor=actor, trial=trial, part="answer", content=made)
    trial.refresh_from_db()
    return list(zip(actors, own, strict=True))


def _cards(hall: _Hall, trial: Trial) -> list[str]:
    codes, public = elections.new_cards(trial.code, hall.ballot.electorate)
    trials.cards_take(actor=hall.host, trial=trial, content=json.dumps(public))
    return codes


def _vote(hall: _Hall, trial: Trial, codes: list[str]) -> None:
    trial.refresh_from_db()  # the paper is handed out
    trials.trial_open(actor=hall.host, trial=trial)
    ask = ask_of(hall.ballot)
    with TemporaryDirectory() as folder:
        elections.unfold(trials.base_of(trial), Path(folder))
        for code, marks in zip(codes, AT_KIOSK, strict=False):
            answers = questions.answers_of(Paper(frozenset(f"o{one}" for one in marks)), ask)
            trials.ballot_take(trial=trial, content=elections.ballot(Path(folder), code, answers))
    trials.trial_close(actor=hall.host, trial=trial)


def _unlock(trial: Trial, own: list[tuple[Actor, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        elections.unfold(trials.board_close(trial), Path(folder))
        rows = list(trial.trustees.all())[: trial.threshold]
        for row, (actor, key) in zip(rows, own, strict=False):
            share = keys.share_of(key, row.sealed_key, row.slot, Path(folder))
            trials.share_give(actor=actor, trial=trial, content=share)


def _paper(hall: _Hall, *, issued: bool = False) -> None:
    """Count the papers of everybody present and announce them; they alone count."""
    host, ballot = hall.host, hall.ballot
    if not issued:
        services.ballot_issue(actor=host, ballot=ballot, issued=ballot.present)
    services.ballot_close_box(actor=host, ballot=ballot, returned=ballot.present)
    lines = [AT_KIOSK[place % len(AT_KIOSK)] or "0" for place in range(ballot.present)]
    for batch in BallotBatch.objects.filter(ballot=ballot).order_by("number"):
        mine, lines = lines[: batch.size], lines[batch.size :]
        counted = count_lines("\n".join(mine), scheme_of(ballot))
        for teller in hall.tellers:
            services.sheet_enter(actor=teller, ballot=ballot, batch=batch, counted=counted)
    ballot.refresh_from_db()
    services.ballot_decide(actor=host, ballot=ballot)
    facts: Any = paper_facts.report_facts(ballot, selectors.result_lines(ballot))
    services.scan_attach(actor=host, ballot=ballot, scan=ballot_papers.report_pdf(facts, demo=True))
    services.ballot_announce(actor=host, ballot=ballot, chair=host.name)
