"""A machine without the program: the trial says so in plain words, and the paper goes its way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lianxin.ballots.electronic import services, tool
from lianxin.ballots.models import Trial
from lianxin.common.errors import Denied, Refused
from tests.factories import ballots as paper
from tests.factories.cast import Cast

pytestmark = pytest.mark.usefixtures("deputies")


@pytest.fixture(autouse=True)
def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "is_installed", lambda: False)


def test_without_the_program_there_is_no_trial_and_the_paper_goes_on(cast: Cast) -> None:
    row = paper.quorate(cast)
    with pytest.raises(Refused, match="只用纸票"):
        services.trial_start(actor=cast.presidium, ballot=row)
    client = Client()
    client.force_login(cast.account("presidium"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/ballots/{row.pk}/trial").content.decode()
    assert "没有装 belenios-tool" in page and "开始准备电子试用" not in page
    answer = client.post(f"/ballots/{row.pk}/trial/acts/start")
    assert answer.status_code == 409 and not Trial.objects.exists()


def test_a_trial_needs_its_keyholders_and_the_right_kind_of_vote(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "is_installed", lambda: True)
    start: Any = services.trial_start
    with pytest.raises(Refused, match="正好 5 名监票人"):
        start(actor=cast.presidium, ballot=paper.quorate(cast))
    graded = paper.staffed(
        cast, paper.services.Method("grades", 1, grades=paper.services.SATISFACTION), subject="述职测评一"
    )
    with pytest.raises(Refused, match="只用纸票"):
        start(actor=cast.presidium, ballot=graded)
    late = paper.counting(cast, subject="已经发出选票的")
    with pytest.raises(Refused, match="来不及"):
        start(actor=cast.presidium, ballot=late)
    for who in ("keeper", "presidium_other", "office"):
        with pytest.raises(Denied):
            start(actor=getattr(cast, who), ballot=graded)
