"""我的履职 and the yearly file on a deputy's phone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.common.actor import SYSTEM
from lianxin.duties.assessing.files import file_confirm
from lianxin.duties.models import YearlyFile
from lianxin.duties.services.posting import NewDuty, duties_register
from lianxin.regions.loading import HOME6
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget
from tests.factories import assessment as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db


def full(cast: Cast, size: int = 3, who: str = "deputy_town") -> None:
    """Let a deputy do a little of everything."""
    for n in range(size):
        make.did(cast, who=who, day=date(2026, 3, n + 1))
        make.did(cast, "household_visit", who=who, day=date(2026, 4, n + 1), household="the same")
    deputy = cast.deputy_row(who)
    private = NewDuty(
        deputy.pk,
        "field_diary",
        date(2026, 5, 2),
        HOME6,
        deputy.division_code,
        "秘密标题",
        "秘密正文",
        privacy="self",
    )
    duties_register(actor=SYSTEM, rows=[private])


def test_the_eight_bars_and_their_numbers(cast: Cast) -> None:
    with make.on(6, 1):
        full(cast)
        answer = entered(cast, "deputy_town").get("/deputy/duty-score")
    page = words(answer)
    for label in ("联系走访", "接待选民", "建议", "民情日记", "办实事", "会议活动", "履职承诺", "述职测评"):
        assert label in page
    assert answer.content.decode().count("<progress") == 8
    assert "11.3 / 15" in page
    assert "不排名、不公开" in page


def test_each_bar_opens_the_records_counted_and_not_counted(cast: Cast) -> None:
    with make.on(6, 1):
        full(cast)
        answer = entered(cast, "deputy_town").get("/deputy/duty-score/contact")
    html, page = answer.content.decode(), words(answer)
    figure = int(re.search(r"data-counted>(\d+)<", html)[1])  # type: ignore[index] # the page always has it
    assert figure == html.count("data-counted-row") == 2
    assert html.count("data-left-row") == 1
    assert "同一户一年最多算 2 次" in page
    assert "依据" in page
    assert "起用" in page


def test_a_private_diary_counts_without_a_word_of_it(cast: Cast) -> None:
    with make.on(6, 1):
        full(cast)
        page = words(entered(cast, "deputy_town").get("/deputy/duty-score/diary"))
    assert "仅自己可见" in page
    assert "秘密" not in page


def test_only_what_is_reached_is_shown_when_the_city_says_so(cast: Cast) -> None:
    Parameter.objects.filter(name="assessment.only_reached").update(value=True)
    forget()
    with make.on(6, 1):
        full(cast)
        page = words(entered(cast, "deputy_town").get("/deputy/duty-score"))
        bar = words(entered(cast, "deputy_town").get("/deputy/duty-score/contact"))
    assert "还没达标" in page
    assert "达标" in page
    assert "满分 100" not in page
    assert "11.3" not in page
    assert "2.5" not in bar


def test_an_unknown_bar_and_a_strange_year(cast: Cast) -> None:
    client = entered(cast, "deputy_town")
    assert client.get("/deputy/duty-score/nothing").status_code == 404
    assert client.get("/deputy/duty-score?year=9999").status_code == 200
    assert client.get("/deputy/duty-score?year=²").status_code == 200


def test_last_year_shows_what_its_file_keeps(cast: Cast) -> None:
    with make.on(11, 10):
        full(cast)
        file = make.generated(cast)
    with make.on(2, 1, 2027):
        page = words(entered(cast, "deputy_town").get("/deputy/duty-score?year=2026"))
    assert "核对我的年度档案" in page
    assert file.state == "confirming"


def test_an_objection_on_the_page_and_its_refusals(cast: Cast) -> None:
    with make.on(11, 10):
        full(cast)
        file = make.generated(cast)
        client = entered(cast, "deputy_town")
        base = f"/deputy/duty-score/files/{file.id}"
        assert "提出异议" in words(client.get(base))
        short = client.post(f"{base}/acts/object", {"item": "diary", "reason": "不同意"})
        assert short.status_code == 422
        assert "不同意" in short.content.decode()
        assert 'href="#id_object_reason"' in short.content.decode()
        proofs = [str(row["counted"][0]) for row in file.lines if row["counted"]][:1]
        form = {"item": "reception", "reason": make.DOUBT, "evidence": proofs}
        assert client.post(f"{base}/acts/object", form).status_code == 302
        page = words(client.get(base))
    assert "等答复" in page
    assert file.objections.get().evidence == proofs


def test_the_deputy_confirms_signs_and_prints(cast: Cast) -> None:
    with make.on(11, 10):
        full(cast)
        file = make.decided(cast)
        client = entered(cast, "deputy_town")
        base = f"/deputy/duty-score/files/{file.id}"
        page = words(client.get(base))
        assert "称职" in page
        assert make.WHY in page
        assert client.post(f"{base}/acts/sign").status_code == 302
        pdf = client.get(f"{base}/file.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    file.refresh_from_db()
    assert file.state == "archived"


def test_the_leader_of_the_group_writes_its_view(cast: Cast) -> None:
    with make.on(11, 10):
        full(cast)
        file = file_confirm(actor=cast.deputy_town, file=make.generated(cast))
        base = f"/deputy/duty-score/files/{file.id}"
        page = words(entered(cast, "group_leader").get(base))
        assert "测试deputy_town" in page
        assert "秘密" not in page
        assert entered(cast, "deputy_town_2").get(base).status_code == 404
        done = entered(cast, "group_leader").post(f"{base}/acts/comment", {"words": make.VIEW})
    assert done.status_code == 302
    assert YearlyFile.objects.get(pk=file.pk).state == "deciding"


def queries(cast: Cast, path: str, who: str = "deputy_town") -> int:
    client = entered(cast, who)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_records(cast: Cast) -> None:
    with make.on(6, 1):
        full(cast, 1)
        pages = ("/deputy/duty-score", "/deputy/duty-score/contact", "/deputy/duty-score/reception")
        few = [queries(cast, path) for path in pages]
        full(cast, 9)
        assert [queries(cast, path) for path in pages] == few
    assert max(few) <= 25
