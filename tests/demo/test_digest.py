"""The fingerprint by which two loads are compared sees every column but the named secrets."""

from __future__ import annotations

from lianxin.opinions.models import Opinion, OpinionEvent
from tests.demo.digest import EXCLUDED, all_columns, fingerprints
from tests.factories import opinions as make
from tests.factories.cast import Cast


def test_what_is_left_out_exists_and_is_little(db: None) -> None:
    assert set(EXCLUDED) <= all_columns(), set(EXCLUDED) - all_columns()
    assert set(fingerprints()) == all_columns() - set(EXCLUDED)


def test_one_changed_word_is_found_and_named(cast: Cast) -> None:
    opinion = make.recorded(cast)
    before = fingerprints()
    Opinion.objects.filter(pk=opinion.pk).update(text=opinion.text + "。")
    after = fingerprints()
    assert [column for column in before if before[column] != after[column]] == ["opinions.opinion.text"]


def test_a_row_that_hangs_on_another_one_is_found(cast: Cast) -> None:
    opinion, other = make.recorded(cast), make.recorded(cast, "蜀河码头的台阶松了，下雨天滑")
    before = fingerprints()
    OpinionEvent.objects.filter(opinion=opinion, act="accept").update(opinion=other)
    after = fingerprints()
    assert [one for one in before if before[one] != after[one]] == ["opinions.opinionevent.opinion"]
