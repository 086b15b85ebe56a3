"""上级文件 and 提请: the register, the chain, the way to the committee and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.letters import letter_pdf
from lianxin.documents.models import LetterVersion
from lianxin.notifications.models import Notice
from lianxin.plans import selectors, services, waiting
from lianxin.plans.models import DocumentLink, Petition, SuperiorDocument
from tests.factories import plans as make
from tests.factories.cast import CITY, Cast

pytestmark = pytest.mark.django_db


def test_a_document_waits_until_something_came_of_it(cast: Cast) -> None:
    top = make.document(cast)
    assert [one.pk for one in waiting.documents_open(cast.office)] == [top.pk]
    services.document_settle(actor=cast.office, document=top, note="只作了解，已在支部学习")
    assert not waiting.documents_open(cast.office).exists()
    with pytest.raises(Conflict):
        services.document_settle(actor=cast.office, document=top, note="再写一次说明")


def test_the_chain_shows_what_is_above_and_below(cast: Cast) -> None:
    top, middle, own = make.chain(cast)
    for here in (top, middle, own):
        steps = selectors.chain_of(cast.leader, here)
        assert [one.document.pk for one in steps] == [top.pk, middle.pk, own.pk]
        assert [one.depth for one in steps] == [0, 1, 2]
        assert [one.document.pk for one in steps if one.is_here] == [here.pk]
    assert [one.pk for one in waiting.documents_open(cast.office)] == [own.pk]


def test_a_document_is_never_the_basis_of_its_own_basis(cast: Cast) -> None:
    top, _middle, own = make.chain(cast)
    with pytest.raises(Invalid, match="不能这样连"):
        services.document_link(actor=cast.office, lower=top, upper=own)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentLink.objects.create(home6=top.home6, division_code=CITY, lower=top, upper=top)


def test_a_number_of_an_organ_is_registered_once(cast: Cast) -> None:
    make.document(cast)
    with pytest.raises(Conflict, match="登记过"):
        make.document(cast)
    assert SuperiorDocument.objects.count() == 1


def test_files_are_versions(cast: Cast) -> None:
    row = make.document(cast)
    services.document_attach(actor=cast.office, document=row, data=make.PDF)
    services.document_attach(actor=cast.office, document=row, data=make.PDF + b" 2", note="更正稿")
    assert [one.version for one in row.files.all()] == [2, 1]
    with pytest.raises(Conflict, match="传过"):
        services.document_attach(actor=cast.office, document=row, data=make.PDF)


@pytest.mark.parametrize("who", ["leader", "presidium", "clerk"])
def test_only_the_office_registers(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        services.document_register(actor=getattr(cast, who), place=CITY, paper=make.received())
    row = make.document(cast)
    with pytest.raises(Denied):
        services.document_settle(actor=getattr(cast, who), document=row, note="我来写存阅说明")


@pytest.mark.parametrize("change", [{"title": ""}, {"level": "x"}, {"received_on": make.day(1)}])
def test_what_is_missing_is_named(cast: Cast, change: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refusal:
        make.document(cast, **change)
    assert set(change) <= set(refusal.value.fields)


def test_the_whole_way_of_a_petition(cast: Cast) -> None:
    row = make.petition(cast, "sent")
    assert row.number == f"人大常报〔{clock.today().year}〕1号"
    assert row.due_on and row.due_on > clock.today() + timedelta(days=30)
    services.petition_issue(
        actor=cast.office, petition=row, number="旬发〔2026〕3号", issued_on=clock.today(), data=make.PDF
    )
    assert row.outcome is not None
    assert (row.outcome.number, row.outcome.title) == ("旬发〔2026〕3号", "关于村民自治的指导意见")
    assert row.outcome.files.count() == 1
    acts = [one.act for one in row.events.all()]
    assert acts == ["draft", "propose", "schedule", "agree", "send", "issue"]
    assert AuditEntry.objects.filter(tag__startswith="petition.", target_id=str(row.pk)).count() == 6
    assert Notice.objects.filter(recipient_key=f"leader@{CITY}", subject__contains="已下发").exists()


def test_the_letter_is_a_letter_in_the_official_format(cast: Cast) -> None:
    row = make.petition(cast, "sent")
    letter = LetterVersion.objects.get(pk=row.letter)
    assert letter.content["addressee"].startswith("中共") and letter.content["number"] == row.number
    assert letter_pdf(letter).startswith(b"%PDF")


def test_numbers_run_by_year_and_are_given_only_to_what_is_sent(cast: Cast) -> None:
    make.petition(cast, "agreed")
    numbers = [make.petition(cast, "sent").number for _ in range(2)]
    assert [one[-2:] for one in numbers] == ["1号", "2号"]


def test_a_petition_sent_back_is_revised_as_a_new_version(cast: Cast) -> None:
    row = make.petition(cast, "on_agenda")
    with pytest.raises(Invalid, match="理由"):
        services.petition_decide(actor=cast.leader, petition=row, act="send_back")
    services.petition_decide(actor=cast.leader, petition=row, act="send_back", note="请补充各镇的意见")
    assert (row.state, row.agenda_on) == ("draft", None)
    services.petition_revise(actor=cast.office, petition=row, text=make.ASKED + "各镇均表示赞成。")
    assert [one.version for one in row.texts.all()] == [2, 1]


def test_the_office_does_not_decide_and_the_leader_does_not_write(cast: Cast) -> None:
    row = make.petition(cast, "on_agenda")
    with pytest.raises(Denied):
        services.petition_decide(actor=cast.office, petition=row, act="agree")
    draft = make.petition(cast)
    with pytest.raises(Denied):
        services.petition_propose(actor=cast.leader, petition=draft)
    with pytest.raises(Denied):
        services.petition_draft(
            actor=cast.leader, place=CITY, title="关于提请下发文件的请示", text=make.ASKED
        )


def test_the_decision_waits_for_the_meeting(cast: Cast) -> None:
    row = make.petition(cast, "proposed")
    with pytest.raises(Refused, match="已经过了"):
        services.petition_schedule(actor=cast.leader, petition=row, agenda_on=make.day(-1))
    services.petition_schedule(actor=cast.leader, petition=row, agenda_on=make.day(3))
    with pytest.raises(Refused, match="开过会"):
        services.petition_decide(actor=cast.leader, petition=row, act="agree")


def test_what_was_not_agreed_is_not_sent(cast: Cast) -> None:
    row = make.petition(cast, "on_agenda")
    services.petition_decide(actor=cast.leader, petition=row, act="refuse", note="现行文件已有规定")
    with pytest.raises(Conflict):
        services.petition_send(actor=cast.office, petition=row)
    assert not LetterVersion.objects.filter(matter_kind="petition").exists()


def test_not_taken_up_needs_the_reason(cast: Cast) -> None:
    row = make.petition(cast, "sent")
    with pytest.raises(Invalid):
        services.petition_decline(actor=cast.office, petition=row, note="")
    services.petition_decline(actor=cast.office, petition=row, note="并入下半年的综合文件")
    assert row.state == "declined" and row.events.last().note == "并入下半年的综合文件"
    with pytest.raises(Conflict):
        services.petition_issue(
            actor=cast.office, petition=row, number="旬发〔2026〕9号", issued_on=clock.today()
        )


def test_an_issued_petition_always_has_its_document(cast: Cast) -> None:
    row = make.petition(cast, "sent")
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=row.pk).update(state="issued")


def test_an_overdue_petition_is_told_once(cast: Cast) -> None:
    row = make.petition(cast, "sent")
    assert not waiting.petitions_late(cast.office).exists()
    assert row.due_on is not None
    for _ in range(2):
        services.plans_tick(row.due_on + timedelta(days=1))
    told = Notice.objects.filter(subject__contains="逾期没有答复", recipient_key=f"office@{CITY}")
    assert told.count() == 1


def test_a_town_and_a_unit_read_neither(cast: Cast) -> None:
    make.petition(cast)
    make.document(cast)
    for who in (cast.presidium, cast.clerk, cast.deputy_city):
        assert not selectors.documents_page(who, tab="all")
        assert not selectors.petitions_page(who, tab="open")
