"""Two people at the same moment: one act, and the other is told so."""

from __future__ import annotations

import functools
from typing import Any

from lianxin.common import clock
from tests.concurrency.caller import Answer, call, signed_in, together
from tests.concurrency.served import Served

SAID = {"station": "113", "text": "李家庄三组路口没有路灯，晚上走路害怕"}
DRAFT = {
    "body": "610981000000",
    "title": "关于在李家庄村三组安装路灯的建议",
    "situation": "三组岔路口到小学四百二十米没有路灯，冬天放学天已黑，去年有两名老人摔伤。",
    "analysis": "沿线住着三十五户，学生二十一人，路旁是沟。",
    "proposal": "由交通部门会同供电公司安装路灯并明确管护。",
    "demands": ["在三组到小学的路上装路灯"],
}
REPLY = {
    "reply_class": "A",
    "answers": ["我局已于十月二十日前装好路灯十二盏，由周局长负责验收。"],
    "publish_level": "public",
    "contact_person": "孙经办",
    "contact_phone": "0915-0000000",
}
CONTACT = {
    "held_on": clock.today().isoformat(),
    "form": "face_to_face",
    "persons": "孙经办、领衔代表",
    "deputy_view": "同意先装主路，再装支路",
}


class Office:
    """Acts on suggestions as the people of the cast."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.people: dict[str, dict[str, str]] = {}

    def act(self, pk: str, who: str, name: str, /, **form: Any) -> Answer:
        if who not in self.people:
            self.people[who] = signed_in(self.server, who)
        return call(self.server, "POST", f"/suggestions/{pk}/actions/{name}", form, **self.people[who])

    def drafted(self) -> str:
        self.people["deputy_city"] = signed_in(self.server, "deputy_city")
        made = call(self.server, "POST", "/suggestions", DRAFT, **self.people["deputy_city"])
        return str(made.body["id"])

    def done(self, pk: str, who: str, name: str, /, **form: Any) -> None:
        answer = self.act(pk, who, name, **form)
        assert answer.status == 200, (name, answer)

    def state(self, pk: str) -> dict[str, Any]:
        return call(self.server, "GET", f"/suggestions/{pk}", **self.people["deputy_city"]).body


def one_act(answers: list[Answer]) -> None:
    """Check that one call did it and every other was told in plain words."""
    assert sorted(one.status for one in answers)[0] == 200, answers
    others = [one for one in answers if one.status != 200]
    assert len(others) == len(answers) - 1, answers
    assert all(one.status in {403, 409} and len(one.body["detail"]) > 6 for one in others), others


def test_fifty_identical_submissions_with_one_key_are_one(served: Served) -> None:
    served.serve()
    headers = {"Idempotency-Key": "fifty", "X-Browser-Token": "my-phone"}
    send = functools.partial(call, served, "POST", "/opinions", SAID, **headers)
    answers = together([send] * 50)
    assert {one.status for one in answers} == {201}
    assert len({(one.body["code"], one.body["number"]) for one in answers}) == 1
    listed = call(served, "GET", "/opinions", **signed_in(served, "keeper")).body["items"]
    assert len(listed) == 1


def test_fifty_acts_with_one_key_are_one(served: Served) -> None:
    served.serve()
    call(served, "POST", "/opinions", SAID)
    keeper = signed_in(served, "keeper")
    pk = call(served, "GET", "/opinions", **keeper).body["items"][0]["id"]
    send = functools.partial(
        call, served, "POST", f"/opinions/{pk}/actions/accept", {}, **keeper, **{"Idempotency-Key": "once"}
    )
    answers = together([send] * 50)
    assert {one.status for one in answers} == {200}, answers
    code = served.run("shell", "-c", COUNT.format(pk=pk))
    assert code.stdout.strip().endswith("1"), code


COUNT = """
from lianxin.opinions.models import OpinionEvent
print(OpinionEvent.objects.filter(opinion="{pk}", act="accept").count())
"""


def test_two_reviewers_signers_and_cosigners_make_one_act(served: Served) -> None:
    served.serve()
    office = Office(served)
    pk = office.drafted()
    _cosign_twice(office, pk)
    office.done(pk, "deputy_city", "submit")
    for who in ("office", "office_second", "clerk", "head"):
        office.people[who] = signed_in(served, who)
    one_act(
        together([functools.partial(office.act, pk, who, "register") for who in ("office", "office_second")])
    )
    assert office.state(pk)["number"]
    _sign_twice(office, pk)


def _cosign_twice(office: Office, pk: str) -> None:
    offers = call(office.server, "GET", f"/suggestions/{pk}/actions", **office.people["deputy_city"]).body
    fields = next(one["fields"] for one in offers["items"] if one["name"] == "invite")
    seats = {one["title"]: one["const"] for one in fields["properties"]["deputies"]["items"]["oneOf"]}
    office.done(pk, "deputy_city", "invite", deputies=[seats["测试deputy_city_2"]])
    office.people["deputy_city_2"] = signed_in(office.server, "deputy_city_2")
    one_act(together([functools.partial(office.act, pk, "deputy_city_2", "cosign")] * 2))


def _sign_twice(office: Office, pk: str) -> None:
    office.done(pk, "office", "assign", parts=[{"unit": "transport", "mode": "sole"}])
    office.done(pk, "clerk", "accept", officer="孙经办", leader="周局长")
    office.done(pk, "clerk", "start", plan="先到现场看，再会同供电公司提出方案")
    office.done(pk, "clerk", "record_contact", **CONTACT)
    office.done(pk, "clerk", "draft_reply", **REPLY)
    one_act(together([functools.partial(office.act, pk, "head", "sign_reply", version=1)] * 2))
    replies = [one for one in office.state(pk)["letters"] if one["kind"] == "reply"]
    assert len(replies) == 1
