"""Votes of the tests: a town's vote with three deputies and more, at any stage up to its announcement."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from lianxin.ballots import services
from lianxin.ballots.models import Ballot, BallotBatch
from lianxin.ballots.papers import count_lines
from lianxin.ballots.scheme import scheme_of
from lianxin.ballots.services import Method, NewOption
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.people.loading import NewDeputy, NewSeat, deputies_register
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6
from tests.factories.cast import SINCE, TOWN, VILLAGE, Cast

DEPUTIES = 12
"""With the four of the cast: twelve deputies of the town."""
LABELS = ("修集市公厕", "装李家庄路灯", "建卫生室药房", "硬化三组道路")
APPROVAL = Method("approval_max_n", 2)


def deputies(
    count: int = DEPUTIES, prefix: str = "ballot-deputy-", *, town: str = TOWN, home: str = VILLAGE
) -> list[Deputy]:
    """Register more deputies of a town, so that ours has `count`."""
    seat = (NewSeat("town", town, "测试届", "", SINCE),)
    new = [NewDeputy(f"代表{n:03d}", home, seat) for n in range(count - 4)]
    return list(deputies_register(actor=SYSTEM, deputies=new, home6=HOME6, prefix=prefix))


def options(count: int = 4) -> list[NewOption]:
    """Return options with the keys `o1`, `o2` …"""
    return [NewOption(f"o{n}", LABELS[(n - 1) % 4] + ("" if n < 5 else str(n))) for n in range(1, count + 1)]


def prepared(cast: Cast, method: Method = APPROVAL, **more: Any) -> Ballot:
    """Return a vote in preparation, the town's by default."""
    given: dict[str, Any] = {
        "actor": cast.presidium,
        "body": TOWN,
        "purpose": "projects",
        "subject": "民生实事项目票决",
        "session": "段家河镇第二十届人大第六次会议",
        "held_on": clock.today(),
        "options": options(),
        "method": method,
        **more,
    }
    return services.ballot_prepare(**given)


def staffed(cast: Cast, method: Method = APPROVAL, **more: Any) -> Ballot:
    """Return a prepared vote whose method has passed, with two tellers and two scrutineers."""
    return manned(cast, prepared(cast, method, **more))


def manned(cast: Cast, row: Ballot) -> Ballot:
    """Pass the method of a prepared vote, appoint two tellers and two scrutineers."""
    services.method_pass(actor=cast.presidium, ballot=row)
    for who in ("keeper", "presidium_second"):
        services.teller_appoint(actor=cast.presidium, ballot=row, account_id=cast.account(who).pk)
    for who in ("deputy_town_2", "deputy_town_3"):
        services.scrutineer_appoint(actor=cast.presidium, ballot=row, deputy=cast.deputy_row(who))
    return row


def quorate(cast: Cast, method: Method = APPROVAL, present: int = 10, **more: Any) -> Ballot:
    """Return a vote whose meeting has its quorum."""
    row = staffed(cast, method, **more)
    services.ballot_open(actor=cast.presidium, ballot=row)
    services.ballot_sign_in(actor=cast.presidium, ballot=row, present=present)
    return services.ballot_declare_quorum(actor=cast.presidium, ballot=row)


def counting(cast: Cast, method: Method = APPROVAL, present: int = 10, **more: Any) -> Ballot:
    """Return a vote whose box is open, with as many papers as deputies are present."""
    row = quorate(cast, method, present, **more)
    services.ballot_issue(actor=cast.presidium, ballot=row, issued=present)
    return services.ballot_close_box(actor=cast.presidium, ballot=row, returned=present)


def enter(cast: Cast, row: Ballot, who: str, lines: Sequence[str], number: int = 1) -> Any:
    """Enter papers of a bundle as one teller keys them in."""
    batch = BallotBatch.objects.get(ballot=row, count_run=row.count_run, number=number)
    counted = count_lines("\n".join(lines), scheme_of(row))
    return services.sheet_enter(actor=getattr(cast, who), ballot=row, batch=batch, counted=counted)


def matched(cast: Cast, lines: Sequence[str], method: Method = APPROVAL, **more: Any) -> Ballot:
    """Return a vote that both tellers have counted alike."""
    row = counting(cast, method, len(lines), **more)
    enter(cast, row, "keeper", lines)
    enter(cast, row, "presidium_second", lines)
    return row


def decided(cast: Cast, lines: Sequence[str], method: Method = APPROVAL, **more: Any) -> Ballot:
    """Return a vote whose result stands and is not announced."""
    return services.ballot_decide(actor=cast.presidium, ballot=matched(cast, lines, method, **more))


def announced(cast: Cast, lines: Sequence[str], method: Method = APPROVAL, **more: Any) -> Ballot:
    """Return an announced vote."""
    row = decided(cast, lines, method, **more)
    services.scan_attach(actor=cast.presidium, ballot=row, scan=scan())
    return services.ballot_announce(actor=cast.presidium, ballot=row, chair="陈主席")


def held(cast: Cast, row: Ballot, lines: Sequence[str]) -> Ballot:
    """Hold a prepared and staffed vote of the town's presidium up to its announcement."""
    who: dict[str, Any] = {"actor": cast.presidium, "ballot": held_to_the_box(cast, row, lines)}
    enter(cast, row, "keeper", lines)
    enter(cast, row, "presidium_second", lines)
    services.ballot_decide(**who)
    services.scan_attach(**who, scan=scan())
    return services.ballot_announce(**who, chair="陈主席")


def held_to_the_box(cast: Cast, row: Ballot, lines: Sequence[str]) -> Ballot:
    """Hold a prepared and staffed vote up to the opened box, a paper for each of those present."""
    who: dict[str, Any] = {"actor": cast.presidium, "ballot": row}
    services.ballot_open(**who)
    services.ballot_sign_in(**who, present=len(lines))
    services.ballot_declare_quorum(**who)
    services.ballot_issue(**who, issued=len(lines))
    return services.ballot_close_box(**who, returned=len(lines))


def scan() -> bytes:
    """Return a photo of a signed report."""
    made = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(made, "JPEG")
    return made.getvalue()
