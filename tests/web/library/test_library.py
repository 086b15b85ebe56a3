"""The library's pages: open to everybody, old names found, every clause with its own address."""

from __future__ import annotations

from django.test import Client

from lianxin.rulebook.models import Institution


def test_the_old_name_of_the_county_finds_the_historic_documents(db: None, client: Client) -> None:
    page = client.get("/institutions", {"q": "旬阳县"}).content.decode()
    assert "旬阳县人大代表履职规范" in page
    assert "个人信息保护法" not in page


def test_every_document_opens_with_its_anchors(db: None, client: Client) -> None:
    for document in Institution.objects.prefetch_related("clauses"):
        page = client.get(f"/institutions/{document.slug}").content.decode()
        assert document.title in page.replace("&quot;", '"')
        for clause in document.clauses.all():
            assert f'id="{clause.anchor}"' in page


def test_what_is_not_there_is_said_plainly(db: None, client: Client) -> None:
    answer = client.get("/institutions/nothing")
    assert answer.status_code == 404
    assert "制度库里没有" in answer.content.decode()
    assert "没有找到" in client.get("/institutions", {"q": "查无此文"}).content.decode()
