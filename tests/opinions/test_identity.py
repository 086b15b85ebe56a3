"""Identity apart: who opens it, on what ground, and that every look is shown to the person."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta

import pytest
from django.core import serializers

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.sealing import unseal
from lianxin.handling.models import Assignment
from lianxin.opinions import selectors, services, voices
from lianxin.opinions.models import Contact, MatterKey, Opinion, PurgeReport, SealedText
from lianxin.people.models import RoleLabel
from lianxin.search.models import SearchEntry
from tests.factories import opinions as make
from tests.factories.cast import Cast
from tests.opinions.test_intake import voice_said

NAME, PHONE = "钱桂花", "13800009876"
ACCUSATION = "我要举报村会计侵占集体的钱，有账本"


def known(cast: Cast, **fields: object) -> Opinion:
    return make.said(cast, **{"name": NAME, "phone": PHONE, "call_back": True, **fields}).opinion


def test_the_receiving_keeper_opens_one_contact_and_the_person_sees_it(cast: Cast) -> None:
    opinion = known(cast)
    person = services.contact_open(actor=cast.keeper, opinion=opinion, purpose="call_back")
    assert (person.name, person.phone) == (NAME, PHONE)
    assert len(selectors.who_looked(opinion)) == 1
    assert selectors.who_looked(opinion)[0][0] == str(RoleLabel.KEEPER.label)
    assert AuditEntry.objects.filter(tag="personal_read", target_id=str(opinion.id)).exists()


def test_a_purpose_must_be_stated(cast: Cast) -> None:
    with pytest.raises(Invalid):
        services.contact_open(actor=cast.keeper, opinion=known(cast), purpose="")


@pytest.mark.parametrize(
    "who", ["keeper_other", "keeper_city", "presidium", "office", "grid", "deputy_town", "clerk", "head", "admin", "auditor"]
)  # fmt: skip
def test_nobody_else_opens_without_approval(cast: Cast, who: str) -> None:
    opinion = known(cast)
    with pytest.raises(Denied):
        services.contact_open(actor=getattr(cast, who), opinion=opinion, purpose="call_back")
    assert not selectors.who_looked(opinion)


def test_a_second_person_opens_it_for_one_person_and_a_limited_time(cast: Cast) -> None:
    opinion = known(cast)
    asked = services.contact_ask(actor=cast.office, opinion=opinion, reason="要上门核实情况")
    with pytest.raises(Denied):
        services.contact_open(actor=cast.office, opinion=opinion, purpose="visit")
    services.contact_decide(actor=cast.office_second, access=asked, agree=True)
    assert services.contact_open(actor=cast.office, opinion=opinion, purpose="visit").name == NAME
    with pytest.raises(Denied):
        services.contact_open(actor=cast.presidium, opinion=opinion, purpose="visit")
    with clock.at(clock.now() + timedelta(minutes=61)), pytest.raises(Denied):
        services.contact_open(actor=cast.office, opinion=opinion, purpose="visit")


def test_nobody_approves_himself_nor_twice(cast: Cast) -> None:
    opinion = known(cast)
    asked = services.contact_ask(actor=cast.office, opinion=opinion, reason="要上门核实情况")
    for who in ("office", "keeper", "presidium_other", "security"):
        with pytest.raises(Denied):
            services.contact_decide(actor=getattr(cast, who), access=asked, agree=True)
    services.contact_decide(actor=cast.presidium, access=asked, agree=False)
    with pytest.raises(Conflict):
        services.contact_decide(actor=cast.office_second, access=asked, agree=True)
    with pytest.raises(Denied):
        services.contact_open(actor=cast.office, opinion=opinion, purpose="visit")


def test_requests_wait_for_others_only_and_do_not_show_the_matter(cast: Cast) -> None:
    opinion = known(cast)
    services.contact_ask(actor=cast.office, opinion=opinion, reason="要上门核实情况")
    assert not selectors.access_requests(cast.office).exists()
    assert selectors.access_requests(cast.office_second).count() == 1
    assert not selectors.access_requests(cast.presidium_other).exists()


def test_who_does_not_see_a_matter_cannot_even_ask(cast: Cast) -> None:
    for who in ("clerk", "keeper_other", "admin"):
        with pytest.raises(Denied):
            services.contact_ask(actor=getattr(cast, who), opinion=known(cast), reason="想知道是谁")


def test_a_sealed_accusation_needs_two_persons_and_tells_its_author(cast: Cast) -> None:
    opinion = make.said(cast, ACCUSATION, insists_sealed=True, name=NAME, phone=PHONE).opinion
    row = SealedText.objects.get(opinion=opinion)
    assert "侵占" not in row.sealed
    assert "侵占" not in selectors.text_for(cast.keeper, opinion)
    for who in ("keeper", "presidium", "office"):
        with pytest.raises(Denied):
            services.sealed_open(actor=getattr(cast, who), opinion=opinion)
    with pytest.raises(Denied):
        services.contact_open(actor=cast.keeper, opinion=opinion, purpose="call_back")
    asked = services.contact_ask(actor=cast.presidium, opinion=opinion, reason="依规转送前核对", what="text")
    services.contact_decide(actor=cast.presidium_second, access=asked, agree=True)
    assert services.sealed_open(actor=cast.presidium, opinion=opinion) == ACCUSATION
    assert len(selectors.who_looked(opinion)) == 1
    with pytest.raises(Denied):  # a grant for the text is none for the contact
        services.contact_open(actor=cast.presidium, opinion=opinion, purpose="visit")


def test_a_sealed_matter_is_neither_found_nor_seen_by_deputies(cast: Cast) -> None:
    opinion = make.said(cast, ACCUSATION, insists_sealed=True).opinion
    assert not SearchEntry.objects.filter(object_id=opinion.id).exists()
    for who in ("deputy_town", "deputy_city", "grid", "clerk"):
        assert opinion not in selectors.opinions_page(getattr(cast, who))


def test_what_leaves_the_station_never_shows_the_author(cast: Cast) -> None:
    opinion = make.recorded(cast, "钱桂花家门口路灯坏了，138 0000 9876也行", name=NAME, phone=PHONE)
    services.opinion_outgoing_check(
        actor=cast.keeper, opinion=opinion, text="钱桂花家门口的路灯坏了，请修好，１３８００００９８７６"
    )
    services.opinion_transfer(
        actor=cast.keeper, opinion=opinion, units=["transport"], note="可找钱桂花带路，13800009876"
    )
    part = Assignment.objects.get(matter_id=opinion.id)
    entry = SearchEntry.objects.get(object_id=opinion.id)
    shown = "".join(
        [part.title, part.brief, part.note, *part.demands, entry.title, entry.body, opinion.title]
    )
    assert NAME not in shown and "9876" not in shown and "８７６" not in shown
    assert NAME in Opinion.objects.get(pk=opinion.pk).text


def test_a_changed_text_voids_the_check(cast: Cast) -> None:
    opinion = make.recorded(cast)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=opinion.outgoing_text)
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="ask_more", note="请补充在哪一段路")
    services.opinion_give_more(opinion=opinion, text="我叫王大山，就在三组岔路口")
    opinion.refresh_from_db()
    assert opinion.outgoing_checked_at is None and "王大山" not in opinion.outgoing_text


def test_an_upper_station_reads_the_outgoing_copy(cast: Cast) -> None:
    opinion = make.recorded(cast, "我叫王大山，三组的水管漏了")
    assert "王大山" in selectors.text_for(cast.keeper, opinion)
    for who in ("office", "keeper_city", "deputy_town"):
        assert "王大山" not in selectors.text_for(getattr(cast, who), opinion)


def test_after_the_purge_no_copy_of_the_row_can_be_opened(cast: Cast) -> None:
    opinion = known(cast)
    backup = json.loads(serializers.serialize("json", Contact.objects.filter(opinion=opinion)))[0]["fields"]
    key = MatterKey.objects.get(opinion_id=opinion.id).wrapped
    assert unseal(backup["name"], wrapped_key=key) == NAME  # as long as the key lives
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="refuse", note="属于合同纠纷，请找司法所")
    erase_on = selectors.contact_erase_on(opinion)
    assert erase_on == clock.today() + timedelta(days=180)
    assert services.purge(erase_on - timedelta(days=1)).contacts == 0
    assert services.purge(erase_on).contacts == 1
    assert services.purge(erase_on).contacts == 0
    assert not MatterKey.objects.filter(opinion_id=opinion.id).exists()
    Contact.objects.filter(opinion=opinion).update(name=backup["name"], erased_at=None)
    person = services.contact_open(actor=cast.keeper, opinion=opinion, purpose="visit")
    assert person.name == "" and NAME not in str(person)


def test_the_purge_leaves_a_tombstone_and_a_report(cast: Cast) -> None:
    opinion = known(cast)
    services.opinion_withdraw(opinion=opinion)
    services.purge(clock.today() + timedelta(days=200))
    contact = Contact.objects.get(opinion=opinion)
    assert (contact.name, contact.phone, contact.phone_hash) == ("", "", "") and contact.erased_at
    assert PurgeReport.objects.get().contacts == 1
    assert AuditEntry.objects.filter(tag="opinion.contact_erased").count() == 1
    assert Opinion.objects.filter(pk=opinion.pk).exists()
    with pytest.raises(NotFound):
        services.contact_open(actor=cast.keeper, opinion=opinion, purpose="visit")


def test_reopening_keeps_the_contact_until_the_new_end(cast: Cast) -> None:
    opinion = make.recorded(cast, name=NAME, phone=PHONE)
    services.opinion_answer(actor=cast.keeper, opinion=opinion, text="已经看过，下周就修")
    services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="已经看过，下周就修")
    services.opinion_close(actor=cast.keeper, opinion=opinion)
    services.opinion_reopen(opinion=opinion, text="还是没有修")
    assert selectors.contact_erase_on(opinion) is None
    assert services.purge(clock.today() + timedelta(days=400)).contacts == 0


def test_the_person_can_have_himself_forgotten_at_once(cast: Cast) -> None:
    opinion = known(cast)
    services.opinion_contact_forget(opinion=opinion)
    assert not MatterKey.objects.filter(opinion_id=opinion.id).exists()
    with pytest.raises(NotFound):
        services.opinion_contact_forget(opinion=opinion)


def test_recordings_go_some_time_after_they_were_written_down(cast: Cast) -> None:
    heard = voice_said(cast).opinion
    assert services.purge(clock.today() + timedelta(days=90)).files == 0  # nobody has heard it yet
    services.voice_write_down(actor=cast.keeper, opinion=heard, text="三组的水管漏了半个月")
    assert services.purge(clock.today() + timedelta(days=20)).files == 0
    assert services.purge(clock.today() + timedelta(days=40)).files == 1
    with pytest.raises(NotFound):
        services.voice_open(actor=cast.keeper, opinion=heard)


def test_no_staff_read_returns_a_query_code(cast: Cast) -> None:
    done = make.said(cast, name=NAME, phone=PHONE)
    opinion = done.opinion
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="accept")
    opinion = selectors.opinion_for(cast.keeper, opinion.pk)
    read = [
        [row.__dict__ for row in selectors.opinions_page(cast.keeper)],
        opinion.__dict__,
        selectors.text_for(cast.keeper, opinion),
        [dataclasses.asdict(step) for step in selectors.public_steps(opinion)],
        selectors.similar_for(cast.keeper, opinion.text),
        selectors.quotable(cast.keeper, [opinion.id]),
        selectors.path_of(opinion),
        voices.sources_of(opinion),
        selectors.topics(cast.keeper),
        selectors.figures(cast.keeper),
        selectors.who_looked(opinion),
        [row.facts for row in AuditEntry.objects.filter(target_id=str(opinion.id))],
    ]
    bare = done.code.replace("-", "").removeprefix("XY")
    for text in (str(read), str(read).replace("-", "")):
        assert done.code not in text and bare not in text
        assert NAME not in text and PHONE not in text
