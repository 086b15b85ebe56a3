"""After the result: hand-over in ten days, filing by the town, complaints (arts. 17, 20)."""

from __future__ import annotations

from datetime import date

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.common.writes import write
from lianxin.elections.models import ComplaintAbout, ElectionComplaint, VillageElection
from lianxin.elections.services.step import step
from lianxin.elections.telling import tell_town, tell_village
from lianxin.villages.hiding import hidden


@write
def handover_note(
    *,
    actor: Actor,
    election: VillageElection,
    handed_over_on: date,
    no_relatives: bool,
    request_id: str | None = None,
) -> VillageElection:
    """Note the day on which seal, books, assets and files were handed over; a late one stays late.

    Whoever hands over says that no supervisor is a near relative of the elected (art. 32).
    """
    if not (no_relatives or election.is_community):
        words = "监督委员会成员是当选人的近亲属的，要先调整监督委员会，再办移交（第三十二条）。"
        raise Refused(words, fields={"no_relatives": words})
    elected = election.elected_on or clock.today()
    if not elected <= handed_over_on <= clock.today():
        words = "移交的日期应当在选出以后，不能是将来。"
        raise Invalid(words, fields={"handed_over_on": words})
    late = election.handover_due is not None and handed_over_on > election.handover_due
    step(
        actor=actor,
        election=election,
        act="hand_over",
        facts={"on": str(handed_over_on), "late": late},
        handed_over_on=handed_over_on,
    )
    tell_town(election, "有村换届移交完了，请备案", f"handover:{election.id}")
    return election


@write
def election_file(
    *, actor: Actor, election: VillageElection, number: str, request_id: str | None = None
) -> VillageElection:
    """File the result with the town."""
    number = number.strip()[:40]
    if len(number) < 4:
        raise Invalid("请写备案号。", fields={"number": "至少 4 个字，如「段镇选备〔2026〕3号」。"})
    step(actor=actor, election=election, act="file", filing_number=number)
    tell_village(election, "换届结果已备案", f"filed:{election.id}")
    return election


@write
def complaint_note(
    *,
    actor: Actor,
    election: VillageElection,
    about: str,
    received_on: date,
    to_congress: bool = False,
    request_id: str | None = None,
) -> VillageElection:
    """Begin a record of investigation; who complained is not written anywhere."""
    if about not in ComplaintAbout.values:
        raise Invalid("请选举报的是哪一类事。", fields={"about": "请从列出的选项中选一个。"})
    if received_on > clock.today():
        raise Invalid("日期还没到。", fields={"received_on": "请填收到举报的日期。"})
    row = ElectionComplaint(
        home6=election.home6,
        division_code=election.division_code,
        election=election,
        about=about,
        received_on=received_on,
        to_congress=to_congress,
    )
    step(actor=actor, election=election, act="complain", facts={"complaint": str(row.id)})
    row.save(force_insert=True)
    return election


@write
def complaint_close(
    *,
    actor: Actor,
    election: VillageElection,
    complaint: ElectionComplaint,
    upheld: bool,
    finding: str,
    request_id: str | None = None,
) -> VillageElection:
    """Close the investigation with what was found."""
    words = finding.strip()
    if not 10 <= len(words) <= 1000:
        raise Invalid("请写调查结论。", fields={"finding": "写 10 到 1000 个字：查了什么、认定什么。"})
    facts = {"complaint": str(complaint.id), "upheld": upheld}
    step(actor=actor, election=election, act="close_complaint", facts=facts)
    mine = ElectionComplaint.objects.filter(pk=complaint.pk, election=election, closed_on=None)
    done = mine.update(closed_on=clock.today(), upheld=upheld, finding=hidden(words)[0])
    if done != 1:
        raise Conflict("这件举报已经有结论了。")
    return election


@write
def election_annul(
    *, actor: Actor, election: VillageElection, request_id: str | None = None
) -> VillageElection:
    """Declare an election void after an investigation has found force, bribery or fraud (art. 17)."""
    upheld = election.complaints.filter(upheld=True).order_by("-closed_on").first()
    if upheld is None:
        raise Invalid("还没有调查属实的举报，不能宣布当选无效。", fields={"finding": "先记调查结论：属实。"})
    step(actor=actor, election=election, act="annul", facts={"complaint": str(upheld.id)})
    election.candidates.update(elected_on=None)
    VillageElection.objects.filter(pk=election.pk).update(elected_on=None, handover_due=None)
    election.refresh_from_db()
    tell_village(election, "调查属实，当选无效，请重新组织选举", f"annul:{election.id}:{election.attempt}")
    return election
