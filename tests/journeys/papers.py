"""Suggestions brought by the API to where a journey begins, so that each journey has one of its own."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from lianxin.common import clock
from tests.journeys.city import City

CITY = "610981000000"
SIGHTS = (
    "水井",
    "渡口",
    "茶园",
    "篮球场",
    "卫生室",
    "养老院",
    "晒谷场",
    "公交站",
    "拦河坝",
    "菜市场",
    "文化室",
    "停车场",
)
"""What the papers are about: each another thing, so that none is like another."""


@dataclass
class Papers:
    """Acts for people by the API."""

    city: City
    made: int = 0
    tokens: dict[str, str] = field(default_factory=dict)

    def call(self, who: str, path: str, data: dict[str, Any]) -> dict[str, Any]:
        """Post to the API as somebody; return what it answers."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        if who:
            headers["Authorization"] = f"Bearer {self._token(who)}"
        request = urllib.request.Request(
            f"{self.city.url}/api/v1{path}", json.dumps(data).encode(), headers, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as caught:
            raise AssertionError(f"{path} {caught.code}: {caught.read().decode()[:600]}") from caught

    def _token(self, who: str) -> str:
        if who not in self.tokens:
            entry = {"username": who, "password": self.city.password}
            self.tokens[who] = ""
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
            request = urllib.request.Request(
                f"{self.city.url}/api/v1/tokens", json.dumps(entry).encode(), headers, method="POST"
            )
            with urllib.request.urlopen(request, timeout=30) as answer:
                self.tokens[who] = json.load(answer)["token"]
        return self.tokens[who]

    def act(self, who: str, paper: str, act: str, **data: Any) -> None:
        """Carry out one act on a paper."""
        self.call(who, f"/suggestions/{paper}/actions/{act}", data)

    def drafted(self) -> str:
        """Return a complete draft of the city deputy."""
        sight = f"{SIGHTS[self.made % len(SIGHTS)]}{uuid4().hex[:6]}"
        self.made += 1
        form = {
            "body": CITY,
            "title": f"关于尽快修好{sight}的建议",
            "situation": f"{sight}坏了三个月，附近五十多户人家天天绕路，老人孩子都不方便。",
            "analysis": f"{sight}是十年前修的，一直没有人管护。",
            "proposal": f"请主管部门到现场看一看，把{sight}修好并明确管护人。",
            "demands": [f"修好{sight}", f"明确{sight}由谁管护"],
            "agree_to_publish": True,
        }
        paper = str(self.call("deputy_city", "/suggestions", form)["id"])
        del form["body"]
        self.act("deputy_city", paper, "edit", **form, what_is_new=f"这次说的是另一处：{sight}，以前没有提过")
        return paper

    def submitted(self) -> str:
        """Return a paper that waits for review."""
        paper = self.drafted()
        self.act("deputy_city", paper, "submit")
        return paper

    def registered(self) -> str:
        """Return a numbered paper."""
        paper = self.submitted()
        self.act("office", paper, "register")
        return paper

    def assigned(self, unit: str = "transport") -> str:
        """Return a paper in a unit's hands."""
        paper = self.registered()
        self.act("office", paper, "assign", parts=[{"unit": unit, "mode": "sole"}])
        return paper

    def replied(self, reply_class: str = "A") -> str:
        """Return a paper with a signed reply."""
        paper = self.assigned()
        self.answer(paper, reply_class)
        return paper

    def answer(self, paper: str, reply_class: str = "A") -> None:
        """Take the present round of a paper from receipt to the signed reply."""
        self.act("clerk", paper, "accept", officer="孙经办", leader="周局长")
        self.act("clerk", paper, "start", plan="先到现场看，再拿方案")
        held = {"held_on": clock.today().isoformat(), "form": "visit", "persons": "孙经办和代表"}
        self.act("clerk", paper, "record_contact", **held, deputy_view="同意先修后管")
        self.act("clerk", paper, "draft_reply", **reply(reply_class))
        self.act("head", paper, "sign_reply", version=1)


def reply(reply_class: str = "A") -> dict[str, Any]:
    """Return a complete reply form."""
    form: dict[str, Any] = {
        "reply_class": reply_class,
        "answers": ["已于十月二十日完成，由周局长负责验收。", "由段家河镇政府管护，每月检查一次。"],
        "contact_person": "孙经办",
        "contact_phone": "0915-000-0000",
        "publish_level": "public",
    }
    if reply_class == "B":
        form |= {"promise_text": "二期工程", "promise_due": "2027-06-30", "promise_person": "周局长"}
    return form
