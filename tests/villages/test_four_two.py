"""四议两公开: locked steps, thresholds, days; the pages keep what was typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.common.errors import Denied, Refused
from lianxin.villages import services
from lianxin.villages.four_two import ORDER, Held, Step, following, refusal
from lianxin.villages.models import FourTwo
from tests.factories import villages as make
from tests.factories.cast import VILLAGE, Cast

DAY = date(2026, 3, 1)


@given(st.sampled_from(ORDER), st.integers(0, 5))
def test_only_the_following_step_is_open(step: Step, many: int) -> None:
    done = dict.fromkeys(ORDER[:many], DAY)
    held = Held(DAY + timedelta(days=30), 30, 30, 30, decision_passed=True)
    assert (refusal(step, held, done, 7) == "") == (following(done) == step)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 200))
def test_the_party_meeting_needs_two_thirds_and_half(members: int, present: int, agree: int) -> None:
    done = dict.fromkeys(ORDER[:2], DAY)
    passes = 3 * present >= 2 * members and present > 0 and 2 * agree > present
    assert (refusal(Step.PARTY, Held(DAY, members, present, agree), done, 7) == "") == passes


def test_the_result_waits_for_the_notice() -> None:
    done = dict.fromkeys(ORDER[:5], DAY)
    assert "公示 7 天" in refusal(Step.SHOW_RESULT, Held(DAY + timedelta(days=6)), done, 7)
    assert not refusal(Step.SHOW_RESULT, Held(DAY + timedelta(days=7)), done, 7)
    assert "上一步" in refusal(Step.SHOW_RESULT, Held(DAY - timedelta(days=1)), done, 0)


def _matter(cast: Cast) -> FourTwo:
    make.profiles()
    return services.four_two_open(actor=cast.village, village=VILLAGE, title="修通三组的路")


def test_a_decision_must_have_passed_in_a_closed_meeting_of_this_village(cast: Cast) -> None:
    matter, today = _matter(cast), clock.today()
    for step in ("propose", "confer", "party"):
        services.four_two_note(
            actor=cast.village,
            matter=matter,
            step=step,
            held_on=today,
            text="议了一次。",
            members=3,
            present=2,
            in_favour=2,
        )
    with pytest.raises(Refused, match="通过了的决议"):
        services.four_two_note(actor=cast.village, matter=matter, step="decide", held_on=today)
    meeting = make.decided(cast)
    with clock.at(meeting.held_at):
        services.four_two_note(
            actor=cast.village,
            matter=matter,
            step="decide",
            held_on=clock.today(),
            topic=meeting.topics.get(),
        )
    assert matter.records.count() == 4


def test_another_village_and_the_supervisor_do_not_note(cast: Cast) -> None:
    matter = _matter(cast)
    for actor in (cast.village_other, cast.village_supervisor, cast.presidium):
        with pytest.raises(Denied):
            services.four_two_note(
                actor=actor, matter=matter, step="propose", held_on=clock.today(), text="议了一次。"
            )


def test_the_pages_lock_later_steps(cast: Cast) -> None:
    make.profiles()
    clerk = Client()
    clerk.force_login(cast.account("village"), backend="django.contrib.auth.backends.ModelBackend")
    assert clerk.post("/village/four-two/new", {"title": "路"}).status_code == 422
    assert clerk.post("/village/four-two/new", {"title": "修通三组的路"}).status_code == 302
    matter = FourTwo.objects.get()
    steps, today = f"/village/four-two/{matter.pk}/steps", str(clock.today())
    locked = clerk.post(steps, {"step": "party", "held_on": today, "text": "跳过去办。"})
    assert locked.status_code == 409 and "先办完「村党组织提议」" in locked.content.decode()
    assert (
        clerk.post(steps, {"step": "propose", "held_on": "明天", "text": "支委会提出。"}).status_code == 422
    )
    assert clerk.post(steps, {"step": "propose", "held_on": today, "text": "支委会提出。"}).status_code == 302
    page = clerk.get(f"/village/four-two/{matter.pk}").content.decode()
    assert "支委会提出。" in page and page.count("前一步办完才能办") == 4
    assert "办了 1 步" in clerk.get("/village/four-two").content.decode()
