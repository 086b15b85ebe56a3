"""Verification of deeds, the beneficiary's word, and the human decision on likeness."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.duties import services
from lianxin.duties.actions import duty_book, pledge_book
from lianxin.duties.models import DutyRecord
from lianxin.duties.selectors import counted
from lianxin.notifications.models import Notice
from tests.factories import duties as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def photo() -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    return out.getvalue()


def proved(cast: Cast) -> DutyRecord:
    """Return a deed with a photo."""
    row = make.deed(cast)
    services.proof_add(actor=cast.deputy_town, record=row, data=photo())
    return row


def verdict(row: DutyRecord) -> tuple[bool, str]:
    """Return whether a record counts, and why."""
    one = next(one for one in counted(row.deputy_id, row.on.year) if one.record.pk == row.pk)
    return one.counted, one.why


def test_a_deed_counts_only_when_proved_confirmed_and_verified(cast: Cast) -> None:
    row = make.deed(cast)
    assert verdict(row) == (False, "还没有佐证材料。")
    with pytest.raises(Refused, match="佐证"):
        services.duty_confirm(actor=cast.presidium, record=row)
    services.proof_add(actor=cast.deputy_town, record=row, data=photo())
    with pytest.raises(Refused, match="受益人"):
        services.duty_confirm(actor=cast.presidium, record=row)
    services.beneficiary_say(
        actor=RESIDENT, code=services.code_make(actor=cast.deputy_town, record=row), done=True
    )
    assert not verdict(row)[0]
    services.duty_confirm(actor=cast.presidium, record=row)
    assert verdict(row) == (True, "计入。")
    assert Notice.objects.filter(about_id=row.id, subject__contains="已核实").exists()


def test_a_beneficiary_who_says_no_stands_against_it(cast: Cast) -> None:
    row = proved(cast)
    code = services.code_make(actor=cast.deputy_town, record=row)
    services.beneficiary_say(actor=RESIDENT, code=code, done=False, words="水还没通")
    with pytest.raises(Refused, match="没有办成"):
        services.duty_confirm(actor=cast.presidium, record=row)
    services.beneficiary_hear(actor=cast.presidium, record=row, done=True, way="phone")
    services.duty_confirm(actor=cast.presidium, record=row)
    assert verdict(row)[0]


def test_a_code_opens_once_and_only_while_it_is_good(cast: Cast) -> None:
    row = proved(cast)
    old = services.code_make(actor=cast.deputy_town, record=row)
    code = services.code_make(actor=cast.deputy_town, record=row)
    with pytest.raises(NotFound):
        services.deed_of_code(old)
    with clock.at(clock.now() + timedelta(days=61)), pytest.raises(NotFound):
        services.deed_of_code(code)
    services.beneficiary_say(actor=RESIDENT, code=code, done=True)
    with pytest.raises(Conflict):
        services.beneficiary_say(actor=RESIDENT, code=code, done=False)
    with pytest.raises(Conflict):
        services.code_make(actor=cast.deputy_town, record=row)


def test_only_the_author_shows_a_code_and_he_never_answers_for_the_beneficiary(cast: Cast) -> None:
    row = proved(cast)
    with pytest.raises(Denied):
        services.code_make(actor=cast.deputy_town_2, record=row)
    with pytest.raises(Denied):
        services.beneficiary_hear(actor=cast.deputy_town, record=row, done=True, way="phone")
    with pytest.raises(Invalid):
        services.beneficiary_hear(actor=cast.presidium, record=row, done=True, way="said so")


def test_nobody_verifies_his_own_or_another_towns(cast: Cast) -> None:
    mine = make.deed(cast, "group_leader")
    services.proof_add(actor=cast.group_leader, record=mine, data=photo())
    services.beneficiary_hear(actor=cast.presidium, record=mine, done=True, way="paper")
    with pytest.raises(Refused, match="别人"):
        services.duty_confirm(actor=cast.group_leader, record=mine)
    for who in ("presidium_other", "admin", "auditor", "deputy_town", "clerk", "keeper"):
        with pytest.raises(Denied):
            services.duty_confirm(actor=getattr(cast, who), record=mine)
    member = proved(cast)
    services.beneficiary_hear(actor=cast.group_leader, record=member, done=True, way="phone")
    assert services.duty_confirm(actor=cast.group_leader, record=member).state == "confirmed"


def test_a_rejected_record_says_why_and_comes_back(cast: Cast) -> None:
    row = proved(cast)
    with pytest.raises(Invalid):
        services.duty_reject(actor=cast.presidium, record=row, reason="不行")
    services.duty_reject(actor=cast.presidium, record=row, reason="请补一张通水后的照片")
    assert verdict(row) == (False, "已退回，改好再登记后才计入。")
    services.duty_submit(actor=cast.deputy_town, record=row)
    assert row.state == "recorded"


def test_a_copied_diary_is_pointed_at_and_a_person_decides(cast: Cast) -> None:
    first = make.diary(cast)
    copy = make.diary(cast, "deputy_town_2", text=make.DIARY + "特此记录。")
    assert (first.copy_state, copy.copy_state, copy.similar_to_id) == ("", "suspected", first.pk)
    assert verdict(copy)[0], "a machine's hint takes nothing away"
    with pytest.raises(Denied):
        services.copy_judge(actor=cast.deputy_town_2, record=copy, is_copy=False, reason="不是抄的，真的")
    services.copy_judge(actor=cast.presidium, record=copy, is_copy=True, reason="与同组代表的日记一样")
    assert verdict(copy) == (False, "经人工判断与另一篇重复。")
    with pytest.raises(Refused):
        services.copy_judge(actor=cast.presidium, record=copy, is_copy=False, reason="再看又不像了")


def test_an_own_way_of_telling_is_no_copy(cast: Cast) -> None:
    make.diary(cast)
    other = make.diary(
        cast, "deputy_town_2", text="下午到村小学旁听家长会，家长们盼着把校门口的斑马线重新画一遍。"
    )
    assert other.copy_state == ""


def test_another_deputys_private_diary_is_never_compared(cast: Cast) -> None:
    make.diary(cast, privacy="self")
    assert make.diary(cast, "deputy_town_2").copy_state == ""
    assert make.diary(cast, privacy="self").copy_state == "suspected"


def test_what_is_withdrawn_does_not_count_and_stays(cast: Cast) -> None:
    row = make.diary(cast)
    services.duty_withdraw(actor=cast.deputy_town, record=row)
    assert verdict(row) == (False, "已撤回。")
    with pytest.raises(Conflict):
        services.duty_withdraw(actor=cast.deputy_town, record=row)
    posted = make.post(cast)
    with pytest.raises(Refused, match="自动记下"):
        services.duty_withdraw(actor=cast.deputy_town, record=posted)


def test_every_row_of_both_tables_is_carried_out_by_a_service() -> None:
    assert duty_book.unbound() == {"add_proof"}, "files come by their own door"
    assert pledge_book.unbound() == set()
