"""Trials by machine for the tests: five scrutineers with devices of their own, cards, a kiosk's ballots."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lianxin.ballots import services as paper
from lianxin.ballots.electronic import elections, keys, questions, services
from lianxin.ballots.electronic.services.ceremony import TRUSTEES as TRUSTEES_FILE
from lianxin.ballots.electronic.services.step import ask_of, file_keep, file_of, step
from lianxin.ballots.models import Ballot, Trial
from lianxin.ballots.rules import Ballot as Paper
from lianxin.ballots.services import Method
from lianxin.common.actor import SYSTEM, Actor
from lianxin.people.actors import actor_for
from lianxin.people.models import Account, Deputy
from tests.factories import ballots as make
from tests.factories.cast import Cast

TRUSTEES = 5


@dataclass
class Device:
    """A scrutineer with his key in a folder of his own."""

    actor: Actor
    folder: Path
    certificate: str = ""

    @property
    def key(self) -> bytes:
        return next(self.folder.glob("*.key")).read_bytes().strip()


@dataclass
class Stage:
    """A trial at some stage, and what the people around it hold."""

    cast: Cast
    trial: Trial
    devices: list[Device]
    codes: list[str] = field(default_factory=list)

    @property
    def host(self) -> Actor:
        return self.cast.presidium


def with_account(deputy: Deputy) -> Deputy:
    """Give a deputy an account, as a scrutineer with a key needs one."""
    if deputy.account_id is None:
        deputy.account = Account.objects.create(username=f"key-{deputy.pk}", display_name=deputy.name)
        deputy.save(update_fields=["account"])
    return deputy


def scrutineers(cast: Cast, row: Ballot) -> None:
    """Fill the scrutineers of a vote up to five, each with an account."""
    have = set(row.officers.exclude(deputy=None).values_list("deputy_id", flat=True))
    others = Deputy.objects.filter(name__startswith="代表0").exclude(pk__in=have).order_by("name")
    for deputy in others[: TRUSTEES - len(have)]:
        paper.scrutineer_appoint(actor=cast.presidium, ballot=row, deputy=with_account(deputy))


@contextmanager
def started(cast: Cast, method: Method = make.APPROVAL, present: int = 10, **more: Any) -> Iterator[Stage]:
    """Return a trial whose scrutineers have not made their keys yet, the paper quorate."""
    row = make.quorate(cast, method, present, **more)
    scrutineers(cast, row)
    trial = services.trial_start(actor=cast.presidium, ballot=row)
    with TemporaryDirectory() as folder:
        devices = []
        for one in trial.trustees.all():
            own = Path(folder) / str(one.slot)
            own.mkdir(mode=0o700)
            devices.append(Device(actor_for(one.account_id), own))
        yield Stage(cast, trial, devices)


@functools.cache
def spare_keys(threshold: int = 3) -> tuple[TemporaryDirectory[str], tuple[str, ...], keys.Joined]:
    """Return keys made once for all tests that are not about making them: folders, certificates, joined."""
    whole = TemporaryDirectory()
    folders = [Path(whole.name) / str(place) for place in range(1, TRUSTEES + 1)]
    for one in folders:
        one.mkdir()
    certificates = [keys.new_key(one) for one in folders]
    own = [next(one.glob("*.key")).read_bytes().strip() for one in folders]
    polynomials = [keys.polynomial_of(key, certificates, threshold) for key in own]
    received = keys.passed_on(certificates, polynomials)
    answers = [keys.answer_to(key, certificates, one) for key, one in zip(own, received, strict=True)]
    return whole, tuple(certificates), keys.joined(certificates, polynomials, answers)


def lend_keys(stage: Stage) -> None:
    """Give a trial the spare keys, as if its scrutineers had just made them."""
    whole, certificates, made = spare_keys(stage.trial.threshold)
    for place, one in enumerate(stage.trial.trustees.all()):
        one.certificate, one.sealed_key = certificates[place], made.sealed[place]
        one.polynomial = one.received = one.answer = "handed in"
        one.save()
        stage.devices[place].folder = Path(whole.name) / str(place + 1)
        stage.devices[place].certificate = certificates[place]
    file_keep(stage.trial, TRUSTEES_FILE, made.trustees.encode())
    step(actor=SYSTEM, trial=stage.trial, act="join_keys")


def make_keys(stage: Stage) -> None:
    """Go through the three rounds."""
    for device in stage.devices:
        device.certificate = keys.new_key(device.folder)
        give(stage, device, "certificate", device.certificate)
    certificates = [one.certificate for one in stage.devices]
    for device in stage.devices:
        give(stage, device, "polynomial", keys.polynomial_of(device.key, certificates, stage.trial.threshold))
    for device, one in zip(stage.devices, list(stage.trial.trustees.all()), strict=True):
        give(stage, device, "answer", keys.answer_to(device.key, certificates, one.received))


def give(stage: Stage, device: Device, part: str, content: str) -> None:
    services.part_give(actor=device.actor, trial=stage.trial, part=part, content=content)


def take_cards(stage: Stage, count: int | None = None) -> None:
    """Print the cards of the electorate, as a machine apart does."""
    wanted = stage.trial.ballot.electorate if count is None else count
    stage.codes, public = elections.new_cards(stage.trial.code, wanted)
    services.cards_take(actor=stage.host, trial=stage.trial, content=json.dumps(public))


def open_trial(stage: Stage) -> None:
    """Hand out the papers and open the voting by machine."""
    paper.ballot_issue(actor=stage.host, ballot=stage.trial.ballot, issued=stage.trial.ballot.present)
    services.trial_open(actor=stage.host, trial=stage.trial)


@contextmanager
def voting(cast: Cast, method: Method = make.APPROVAL, present: int = 10, **more: Any) -> Iterator[Stage]:
    """Return a trial that takes ballots."""
    with started(cast, method, present, **more) as stage:
        lend_keys(stage)
        take_cards(stage)
        open_trial(stage)
        yield stage


def ballot_of(stage: Stage, code: str, *marks: str) -> str:
    """Return an encrypted ballot with these options ticked."""
    answers = questions.answers_of(Paper(frozenset(marks)), ask_of(stage.trial.ballot))
    base = file_of(stage.trial, elections.BASE)
    assert base is not None
    with TemporaryDirectory() as folder:
        elections.unfold(base, Path(folder))
        return elections.ballot(Path(folder), code, answers)


def cast_one(stage: Stage, place: int, *marks: str) -> services.Taken:
    """Cast a ballot with the card at `place`."""
    return services.ballot_take(trial=stage.trial, content=ballot_of(stage, stage.codes[place], *marks))


def close(stage: Stage) -> bytes:
    """End the voting; return the board."""
    services.trial_close(actor=stage.host, trial=stage.trial)
    return services.board_close(stage.trial)


def share(stage: Stage, place: int) -> None:
    """Let the scrutineer at `place` unlock his part."""
    device, mine = stage.devices[place], stage.trial.trustees.get(slot=place + 1)
    with TemporaryDirectory() as folder:
        elections.unfold(services.board_close(stage.trial), Path(folder))
        made = keys.share_of(device.key, mine.sealed_key, mine.slot, Path(folder))
    services.share_give(actor=device.actor, trial=stage.trial, content=made)


def announce_paper(stage: Stage, lines: list[str]) -> None:
    """Count the papers and announce their result."""
    row = stage.trial.ballot
    paper.ballot_close_box(actor=stage.host, ballot=row, returned=len(lines))
    for batch in row.batches.order_by("number"):
        bundle, lines = lines[: batch.size], lines[batch.size :]
        for teller in ("keeper", "presidium_second"):
            make.enter(stage.cast, row, teller, bundle, batch.number)
    row.refresh_from_db()
    paper.ballot_decide(actor=stage.host, ballot=row)
    paper.scan_attach(actor=stage.host, ballot=row, scan=make.scan())
    paper.ballot_announce(actor=stage.host, ballot=row, chair="陈主席")
