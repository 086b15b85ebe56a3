"""The OpenAPI document: committed, fresh, complete; its page loads nothing from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

from django.test import Client

from lianxin.api.description import KEYED
from lianxin.api.docs import document

COMMITTED = Path(__file__).parents[2] / "docs/reference/openapi.json"


def test_the_committed_document_is_fresh() -> None:
    assert json.loads(COMMITTED.read_text()) == document()


def test_the_served_document_is_the_same(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json() == document()


def test_every_write_takes_a_key() -> None:
    posts = {address for address, one in document()["paths"].items() if "post" in one}
    reads = {"/api/v1/tokens", "/api/v1/opinions/similar"}
    assert posts - reads == KEYED
    for address in KEYED:
        names = {one["name"] for one in document()["paths"][address]["post"]["parameters"]}
        assert "Idempotency-Key" in names


def test_no_shape_but_the_residents_own_has_code_or_contact() -> None:
    shapes = document()["components"]["schemas"]
    named = {
        name
        for name, shape in shapes.items()
        if {"code", "phone", "contact", "call_back"} & set(shape.get("properties", {}))
    }
    assert named == {"OpinionReceipt", "OpinionIn", "ContactIn", "StationOut", "WishOut"}


def test_the_page_needs_no_foreign_host_and_no_script(client: Client) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<script" not in text
    assert "https://" not in text.replace("https://127.0.0.1", "")
    assert "/api/v1/opinions/by-code/{code}" in text
