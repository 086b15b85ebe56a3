"""A duty report that was tested (述职测评): entered in the deputy's ledger and told to the deputy."""

from __future__ import annotations

from lianxin.ballots.models import Ballot, Purpose
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.duties.services.posting import duty_post
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.models import Deputy


def reports_enter(actor: Actor, ballot: Ballot) -> None:
    """Enter each report once and tell its deputy; the ledger has only the id of the vote, no figure."""
    if ballot.purpose != Purpose.DUTY_REVIEW:
        return
    owners = ballot.options.exclude(owner_id=None).values("owner_id")
    for deputy in Deputy.objects.filter(pk__in=owners):
        duty_post(
            actor=actor,
            deputy_id=deputy.pk,
            kind="duty_report",
            on=ballot.announced_on or clock.today(),
            home6=ballot.home6,
            division_code=ballot.division_code,
            source_room="ballots",
            source_id=f"{ballot.id}:{deputy.pk}",
            online=True,
            facts={"title": ballot.subject, "ballot": str(ballot.id)},
        )
        _tell(ballot, deputy)


def _tell(ballot: Ballot, deputy: Deputy) -> None:
    if deputy.account_id is None:
        return
    enqueue(
        to=Recipient.account(deputy.account_id),
        subject=f"您的述职测评结果：{ballot.subject}",
        text="各等次的票数已经当场公布，请查看。书面反馈由主席团送达。",
        link=f"/ballots/{ballot.id}",
        about_kind="ballot",
        about_id=ballot.id,
        home6=ballot.home6,
        dedupe=f"ballot-report:{ballot.id}",
    )
