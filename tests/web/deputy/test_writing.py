"""建议编辑: typed text is kept, the level is guarded, publication must be chosen."""

from __future__ import annotations

from lianxin.suggestions.models import Suggestion
from tests.factories.cast import Cast
from tests.factories.opinions import recorded
from tests.factories.suggestions import drafted
from tests.web.pages import entered, text_form, words


def test_a_draft_is_kept_and_cites_its_opinions(cast: Cast) -> None:
    first, second = recorded(cast), recorded(cast, "三组到学校那段路黑得很，请装几盏路灯")
    form = text_form(opinions=[str(first.id), str(second.id)])
    answer = entered(cast, "deputy_city").post("/deputy/suggestions/new", form)
    assert answer.status_code == 302
    row = Suggestion.objects.get(title=form["title"])
    assert set(row.sources.values_list("opinion_id", flat=True)) == {first.id, second.id}
    assert row.agree_to_publish is True


def test_not_choosing_publication_keeps_what_was_typed(cast: Cast) -> None:
    answer = entered(cast, "deputy_city").post("/deputy/suggestions/new", text_form(agree_to_publish=""))
    assert answer.status_code == 422
    assert "请选「可以公开」或「不公开」" in words(answer)
    assert "去年有两名老人摔伤" in words(answer)
    assert 'value="明确路灯由谁管护"' in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_a_town_deputy_is_told_two_ways_when_he_picks_the_city(cast: Cast) -> None:
    answer = entered(cast, "deputy_town").post("/deputy/suggestions/new", text_form())
    assert answer.status_code == 422
    assert "段家河镇人大主席团" in words(answer)
    assert "请市代表领衔" in words(answer)
    assert not Suggestion.objects.exists()


def test_the_same_text_goes_to_ones_own_level(cast: Cast) -> None:
    form = text_form(body="610981113000")
    assert entered(cast, "deputy_town").post("/deputy/suggestions/new", form).status_code == 302


def test_staff_cannot_open_the_editor(cast: Cast) -> None:
    assert entered(cast, "office").get("/deputy/suggestions/new").status_code == 403


def test_another_deputy_cannot_edit(cast: Cast) -> None:
    row = drafted(cast)
    answer = entered(cast, "deputy_city_2").get(f"/deputy/suggestions/{row.id}/edit")
    assert answer.status_code == 404


def test_a_text_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    row = drafted(cast)
    form = text_form(seen_hash="0" * 64, situation="我改过的情况：三组到小学一直没有路灯，孩子害怕。")
    answer = entered(cast, "deputy_city").post(f"/deputy/suggestions/{row.id}/edit", form)
    assert answer.status_code == 422
    assert "我改过的情况" in words(answer)
    row.refresh_from_db()
    assert "我改过的情况" not in row.situation


def test_merging_shows_terms_and_no_person(cast: Cast) -> None:
    row = recorded(cast)
    other = recorded(cast, "李家庄三组到小学的路一直没有路灯，孩子走夜路")
    answer = entered(cast, "deputy_city").get(f"/deputy/opinions/{row.id}")
    assert other.number in words(answer)
    assert "共同词" in words(answer)
    assert 'name="why"' in answer.content.decode()
