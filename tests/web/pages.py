"""What tests of pages share: a browser session without a browser."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.factories.cast import Cast

TAG = re.compile(r"<[^>]+>")


def entered(cast: Cast, name: str) -> Client:
    """Return a client in which a person of the cast is signed in."""
    client = Client()
    client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: Any) -> str:
    """Return the words of a page, without its tags."""
    return TAG.sub(" ", answer.content.decode())


def rows(answer: Any) -> int:
    """Return how many rows a list shows."""
    return answer.content.decode().count("data-row")


def text_form(**changes: Any) -> dict[str, Any]:
    """Return a complete form of 建议编辑."""
    form: dict[str, Any] = {
        "body": "610981000000",
        "kind": "suggestion",
        "title": "关于在李家庄村三组安装路灯的建议",
        "situation": "三组岔路口到小学四百二十米没有路灯，冬天放学天已黑，去年有两名老人摔伤。",
        "analysis": "沿线住着三十五户，路旁是沟。",
        "proposal": "由交通部门会同供电公司安装路灯并明确管护。",
        "demands": ["在三组到小学的路上装路灯", "明确路灯由谁管护"],
        "agree_to_publish": "yes",
    }
    return {**form, **changes}
