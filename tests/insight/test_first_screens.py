"""First screens cost a fixed, small number of queries, signing in and the menu included."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.insight.homes import home_of
from tests.factories.cast import Cast
from tests.insight.test_homes import lived
from tests.web.pages import entered

HOMES = {
    "deputy_city": "/deputy",
    "deputy_town": "/deputy",
    "group_leader": "/deputy",
    "presidium": "/desk",
    "leader": "/desk",
    "office": "/desk",
    "keeper": "/desk",
}


@pytest.mark.parametrize("who", HOMES)
def test_a_first_screen_asks_twelve_times_at_most(cast: Cast, who: str) -> None:
    lived(cast)
    client = entered(cast, who)
    client.get(HOMES[who])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(HOMES[who])
    assert answer.status_code == 200
    # whether the rulebook was edited is asked every three seconds, however many screens are opened
    own = [one["sql"][:200] for one in asked if "rulebook_rulebookversion" not in one["sql"]]
    assert len(own) <= 12, "\n".join(own)


def test_a_member_of_the_standing_committee_sees_no_matter_of_the_desk(cast: Cast) -> None:
    lived(cast)
    assert home_of(cast.office).todos
    assert home_of(cast.leader).todos == []
