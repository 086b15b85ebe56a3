"""S51: an opinion made of a diary entry comes in under its own channel; the diary itself stays the author's."""

from __future__ import annotations

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.common.errors import Denied
from lianxin.duties.models import DutyRecord
from lianxin.duties.services import duty_record
from lianxin.opinions import services
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.selectors import channels
from lianxin.opinions.services import Said
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
WORDS = "二组的水塔漏水，夏天断过三次，几户老人要去河里挑水。"


def _entry(cast: Cast, who: str = "deputy_town", privacy: str = "self") -> DutyRecord:
    return duty_record(
        actor=getattr(cast, who),
        kind="field_diary",
        on=clock.today(),
        title="水塔",
        text=WORDS,
        privacy=privacy,
    )


def _send(page: Client, row: DutyRecord, text: str = "水塔漏水，请修。", **more: str) -> int:
    form = {"station": "113", "text": text, "diary": str(row.pk), **more}
    return int(page.post("/station/new", form).status_code)


def test_an_entry_becomes_an_opinion_under_the_diarys_own_channel(cast: Cast) -> None:
    row, page = _entry(cast), entered(cast, "deputy_town")
    assert f"/station/new?diary={row.pk}" in page.get(f"/deputy/duties/{row.pk}").content.decode()
    form = page.get(f"/station/new?diary={row.pk}").content.decode()
    assert WORDS in form and "民情日记" in form and 'name="channel"' not in form
    assert _send(page, row) == 200
    made = Opinion.objects.get(source_ref=f"diary:{row.pk}")
    assert made.channel == Channel.DIARY and made.text == "水塔漏水，请修。"
    assert {one["channel"]: one["count"] for one in channels(cast.keeper)} == {"diary": 1}
    home = entered(cast, "keeper").get("/desk").content.decode()
    assert "从哪里来的" in home and "民情日记" in home[home.index("从哪里来的") :]
    assert f"已转成民情 {made.number}" in page.get(f"/deputy/duties/{row.pk}").content.decode()


def test_an_entry_is_turned_once_and_a_second_press_finds_the_first(cast: Cast) -> None:
    row, page = _entry(cast), entered(cast, "deputy_town")
    assert _send(page, row, request_id="one-press") == 200
    assert _send(page, row, request_id="one-press") == 200
    again = page.post(
        "/station/new",
        {"station": "113", "text": "水塔漏水，再说一遍。", "diary": str(row.pk), "request_id": "two"},
    )
    assert again.status_code == 409 and "已经转成民情" in again.content.decode()
    assert "再说一遍" in again.content.decode()
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "privacy"), [("group_leader", "group"), ("keeper", "station"), ("deputy_other", "self")]
)
def test_nobody_turns_anothers_entry(cast: Cast, who: str, privacy: str) -> None:
    row, page = _entry(cast, privacy=privacy), entered(cast, who)
    shown = page.get(f"/station/new?diary={row.pk}")
    assert shown.status_code in {403, 404} and WORDS not in shown.content.decode()
    _send(page, row)
    assert not Opinion.objects.exists()


def test_the_channel_is_not_to_be_chosen_by_hand(cast: Cast) -> None:
    page = entered(cast, "keeper")
    assert 'value="diary"' not in page.get("/station/new").content.decode()
    page.post("/station/new", {"station": "113", "text": "水塔漏水，请修。", "channel": "diary"})
    assert Opinion.objects.get().channel == Channel.ON_BEHALF
    with pytest.raises(Denied, match="代表本人"):
        services.opinion_submit(
            actor=cast.keeper, station=cast.station(), said=Said(WORDS), channel=Channel.DIARY
        )
