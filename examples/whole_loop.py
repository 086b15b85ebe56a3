"""Walk the whole loop by the API alone: from what a resident says to a closed suggestion.

The script knows the address of the OpenAPI document, who signs in, and the names of the acts. It
finds operations by their method and path in the document, acts by asking each matter what is open
to whom, and fills every form from its JSON Schema.

    python examples/whole_loop.py http://127.0.0.1:8000/api/v1/openapi.json --password …

Passwords may also come from LIANXIN_DEMO_PASSWORD. With `--cosigner` and `--assist` (names of a
second deputy of the same congress and of a second unit's clerk) co-signing and assistance are shown too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urljoin

CHINA = timezone(timedelta(hours=8))
MATTER = "李家庄三组岔路口到小学的路上没有路灯，冬天放学天已黑，孩子走路害怕"
WORDS = {
    "title": "关于在三组岔路口到小学安装路灯的建议",
    "situation": "三组岔路口到小学四百二十米没有路灯，冬天放学天已黑，去年有两名老人摔伤。",
    "analysis": "沿线住着三十五户，学生二十一人，路旁是沟。",
    "proposal": "由交通部门会同有关单位安装路灯并明确管护。",
    "demands": ["在岔路口到小学的路上装路灯", "明确路灯由谁管护"],
    "answers": [
        "我局已于本月十日前装好路灯十二盏，由周局长负责验收。",
        "路灯由段家河镇政府管护，张科长负责，每月检查一次。",
    ],
    "reasons": "支路的八盏灯到今天还没有装，答复里也没有写明由谁在什么时候装好。",
    "form": "face_to_face",
    "held_on": datetime.now(CHINA).date().isoformat(),
    "reply_class": "A",
    "publish_level": "public",
    "officer": "孙经办",
    "leader": "周局长",
    "persons": "孙经办、领衔代表",
}


class Door:
    """The API as its own document describes it."""

    def __init__(self, document_url: str) -> None:
        self.base = document_url
        self.browser = uuid.uuid4().hex
        self.document = self._send("GET", document_url)
        self.tokens: dict[str, str] = {}

    def call(self, method: str, ending: str, who: str = "", body: Any = None, **parts: str) -> Any:
        """Call the operation whose path ends so; `parts` fill the braces of the path."""
        path = next(
            path
            for path, methods in self.document["paths"].items()
            if path.endswith(ending) and method.lower() in methods
        )
        for name, value in parts.items():
            path = path.replace("{" + name + "}", value)
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return self._send(method, urljoin(self.base, path), body, headers)

    def shape(self, ending: str) -> dict[str, Any]:
        """Return the JSON Schema of what a POST takes, with the document's other shapes at hand."""
        path = next(path for path in self.document["paths"] if path.endswith(ending))
        content = self.document["paths"][path]["post"]["requestBody"]["content"]
        return {**resolve(content["application/json"]["schema"], self.document), "document": self.document}

    def sign_in(self, who: str, password: str) -> None:
        """Exchange a password for a token."""
        self.tokens[who] = self.call("POST", "/tokens", body={"username": who, "password": password})["token"]

    def _send(self, method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        sent = {"Content-Type": "application/json", "X-Browser-Token": self.browser, **(headers or {})}
        if method == "POST":
            sent["Idempotency-Key"] = uuid.uuid4().hex
        request = urllib.request.Request(url, data=data, method=method, headers=sent)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as caught:
            told = json.load(caught)
            raise SystemExit(f"{method} {url}: {told['status']} {told['detail']} {told['errors']}") from None


def resolve(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference inside the document; of several shapes take the first that is not null."""
    if "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return resolve(found, root)
    if "anyOf" in schema:
        return resolve(next(one for one in schema["anyOf"] if one.get("type") != "null"), root)
    return schema


def filled(schema: dict[str, Any], wishes: dict[str, Any]) -> dict[str, Any]:
    """Fill a form: wishes first, then known words, then something of the right kind for required fields."""
    root = schema.get("document", schema)
    form: dict[str, Any] = {}
    for name, field in schema.get("properties", {}).items():
        if name in wishes:
            form[name] = wishes[name]
        elif name in WORDS and fits(WORDS[name], resolve(field, root)):
            form[name] = WORDS[name]
        elif name in schema.get("required", []):
            form[name] = something(resolve(field, root), root)
    return form


def fits(value: Any, field: dict[str, Any]) -> bool:
    """Say whether a known word is of the kind that the field takes."""
    return field.get("type") == ("array" if isinstance(value, list) else "string")


def something(field: dict[str, Any], root: dict[str, Any]) -> Any:
    """Return a value that the field takes."""
    if field.get("oneOf"):
        return field["oneOf"][0]["const"]
    if field.get("enum"):
        return field["enum"][0]
    if field.get("type") == "array":
        return [something(resolve(field["items"], root), root)]
    if field.get("type") == "boolean":
        return True
    if field.get("type") == "object":
        return filled({**field, "document": root}, {})
    return "按规定办理，已核实情况，材料齐全。"


class Loop:
    """One matter on its way."""

    def __init__(self, door: Door, people: argparse.Namespace) -> None:
        self.door, self.people, self.number = door, people, 0

    def tell(self, words: str) -> None:
        """Print one step."""
        self.number += 1
        print(f"{self.number:>2}. {words}")

    def act(self, kind: str, pk: str, who: str, name: str, **wishes: Any) -> str:
        """Ask what is open to `who`, take the act of that name, fill its form, perform it."""
        offers = self.door.call("GET", f"/{kind}/{{id}}/actions", who, id=pk)["items"]
        offer = next((one for one in offers if one["name"] == name and not one["refusal"]), None)
        if offer is None:
            open_now = [f"{one['name']}（{one['refusal'] or '可办'}）" for one in offers]
            raise SystemExit(f"{who} 现在不能办 {name}；能办的：{'、'.join(open_now) or '无'}")
        form = filled(offer["fields"], wishes)
        if offer["target"]:
            form["assignment"] = offer["target"]
        path = f"/{kind}/{{id}}/actions/{{action}}"
        state = self.door.call("POST", path, who, form, id=pk, action=name)["state"]
        self.tell(f"{who}：{offer['verb']}（{offer['basis']}）→ {state}")
        return str(state)

    def say(self) -> None:
        """The resident says a thing at the keeper's own station."""
        station = self.door.call("GET", "/stations", self.people.keeper)["items"][0]
        said = self.door.call("POST", "/opinions", body={"station": station["code"], "text": MATTER})
        self.code, number = said["code"], said["number"]
        self.tell(
            f"群众：在{station['name']}说了一件事，编号 {number}，查询码 {self.code} → {said['status']}"
        )
        rows = self.door.call("GET", "/opinions", self.people.keeper)["items"]
        self.opinion = next(row["id"] for row in rows if row["number"] == number)
        self.act("opinions", self.opinion, self.people.keeper, "accept")

    def draft(self) -> None:
        """The deputy finds the matter and makes a suggestion of it."""
        deputy = self.people.deputy
        like = self.door.call("POST", "/opinions/similar", deputy, {"text": MATTER})["items"]
        roles = self.door.call("GET", "/me", deputy)["roles"]
        body = next(one["place"] for one in roles if one["role"] == "deputy")
        cited = list(dict.fromkeys([self.opinion, *(one["id"] for one in like[:2])]))
        form = filled(self.door.shape("/suggestions"), {"body": body, "opinions": cited})
        form["agree_to_publish"] = True
        self.pk = self.door.call("POST", "/suggestions", deputy, form)["id"]
        self.tell(f"{deputy}：起草建议，引用 {len(cited)} 件民情")
        if self.people.cosigner:
            self._cosign(deputy)
        self.act("suggestions", self.pk, deputy, "submit")

    def _cosign(self, deputy: str) -> None:
        me = self.door.call("GET", "/me", self.people.cosigner)["deputy"]
        self.act("suggestions", self.pk, deputy, "invite", deputies=[me])
        self.act("suggestions", self.pk, self.people.cosigner, "cosign")

    def hand_over(self) -> None:
        """The office numbers the suggestion and hands it over."""
        office = self.people.office
        self.act("suggestions", self.pk, office, "register")
        units = [self._unit(self.people.clerk)]
        if self.people.assist:
            units.append(self._unit(self.people.assist))
        modes = ["main", "assist"] if len(units) == 2 else ["sole"]
        parts = [{"unit": unit, "mode": mode} for unit, mode in zip(units, modes, strict=True)]
        self.act("suggestions", self.pk, office, "assign", parts=parts)

    def _unit(self, who: str) -> str:
        return next(one["unit"] for one in self.door.call("GET", "/me", who)["roles"] if one["unit"])

    def handle(self, *, assisted: bool) -> None:
        """The units handle the matter: accept, hear the deputy, draft, sign."""
        clerk, deputy = self.people.clerk, self.people.deputy
        for act in ("accept", "start"):
            self.act("suggestions", self.pk, clerk, act)
        if assisted:
            self.act("suggestions", self.pk, self.people.assist, "accept")
            self.act("suggestions", self.pk, self.people.assist, "give_opinion")
        self.act("suggestions", self.pk, clerk, "record_contact")
        self.act("suggestions", self.pk, deputy, "confirm_contact", happened=True)
        self.act("suggestions", self.pk, clerk, "draft_reply")
        self.act("suggestions", self.pk, self.people.head, "sign_reply")

    def evaluate(self, mark: str, **wishes: Any) -> None:
        """The deputy says what he thinks of attitude and result."""
        self.act("suggestions", self.pk, self.people.deputy, "evaluate", attitude=mark, result=mark, **wishes)

    def hear_resident(self, rating: str) -> None:
        """The resident looks his matter up and evaluates, if it has come so far."""
        seen = self.door.call("GET", "/opinions/by-code/{code}", code=self.code)
        self.tell(f"群众：查进度 → {seen['status']}，共 {len(seen['timeline'])} 步")
        if seen["may_evaluate"]:
            body = {"rating": rating, "unresolved": rating == "dissatisfied"}
            self.door.call("POST", "/by-code/{code}/evaluation", body=body, code=self.code)
            self.tell(f"群众：评价 {rating}")


def walk(door: Door, people: argparse.Namespace) -> Loop:
    """Walk the loop: two handlings, two evaluations, closed."""
    loop = Loop(door, people)
    loop.say()
    loop.draft()
    loop.hand_over()
    loop.handle(assisted=bool(people.assist))
    loop.hear_resident("dissatisfied")
    loop.evaluate("dissatisfied", demand_numbers=[1])
    loop.act("suggestions", loop.pk, people.office, "order_rehandling")
    loop.handle(assisted=False)
    loop.hear_resident("satisfied")
    loop.evaluate("satisfied")
    state = loop.act("suggestions", loop.pk, people.office, "close")
    number = door.call("GET", "/suggestions/{id}", people.office, id=loop.pk)["number"]
    loop.tell(f"{number} 走完全程：{state}")
    return loop


def main() -> int:
    """Read the command line, sign everybody in, walk."""
    known = argparse.ArgumentParser(description=re.split(r"\n\n", __doc__ or "")[0])
    known.add_argument("document", help="OpenAPI 文档的地址")
    known.add_argument("--password", default=os.environ.get("LIANXIN_DEMO_PASSWORD", ""))
    for name, account in (
        ("keeper", "keeper"), ("deputy", "deputy_city"), ("office", "office"), ("clerk", "clerk"),
        ("head", "head"), ("cosigner", "deputy_city2"), ("assist", "clerk2"),
    ):  # fmt: skip
        known.add_argument(f"--{name}", default=account)
    people = known.parse_args()
    door = Door(people.document)
    for name in ("keeper", "deputy", "office", "clerk", "head", "cosigner", "assist"):
        if getattr(people, name):
            door.sign_in(getattr(people, name), people.password)
    walk(door, people)
    return 0


if __name__ == "__main__":
    sys.exit(main())
