"""Signal 9 at twenty random moments under load: what was acknowledged is there, nothing was sent twice."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.concurrency.caller import call, signed_in
from tests.concurrency.served import Served, free_port
from tests.concurrency.test_together import DRAFT

CUTS = 20
PATIENCE = 150
"""Seconds that a worker may take to its first mail on a machine that is busy with other tests."""
PREPARE = 'from lianxin.people.models import Account\nfor one in Account.objects.all():\n    one.email = f"{one.username}@demo.invalid"\n    one.save()'
LOOK = """
import json
from lianxin.opinions.models import Opinion
from lianxin.notifications.models import Outbox
from lianxin.suggestions.models import Cosignature
mails = Outbox.objects.filter(channel="email")
print("FOUND" + json.dumps({
    "opinions": list(Opinion.objects.values_list("number", flat=True)),
    "invited": [str(one) for one in Cosignature.objects.values_list("suggestion", flat=True)],
    "mails": {f"<{one.id}@lianxin>": one.state for one in mails},
}))
"""
SEND = "from lianxin.notifications.sending import deliver_due\nwhile deliver_due(50): pass"


class Sink:
    """A mail server that counts what it has taken."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        lines = envelope.content.decode().splitlines()
        self.taken[next(line for line in lines if line.startswith("Message-ID")).split(": ")[1]] += 1
        return "250 OK"


class Load:
    """Clients that say things and invite co-signers, and remember what was acknowledged."""

    def __init__(self, server: Served) -> None:
        self.server, self.going = server, threading.Event()
        self.opinions: list[str] = []
        self.invited: list[str] = []
        self.stopped = False
        self.keeper, self.deputy = (signed_in(server, name) for name in ("keeper", "deputy_city"))
        offers = call(server, "GET", "/me", **self.deputy)
        assert offers.status == 200
        self.threads = [
            threading.Thread(target=self._work, args=(one,), daemon=True)
            for one in (self._say, self._say, self._invite)
        ]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.stopped = True
        self.going.set()
        for thread in self.threads:
            thread.join(60)

    def _work(self, one: Any) -> None:
        number = 0
        while not self.stopped:
            self.going.wait()
            number += 1
            try:
                one(f"{threading.get_ident()}-{number}")
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                time.sleep(0.05)  # cut off: nothing was acknowledged

    def _say(self, mark: str) -> None:
        body = {"station": "113", "text": f"第 {mark} 处水渠垮了，请安排人来修"}
        answer = call(self.server, "POST", "/opinions", body, **self.keeper, **{"Idempotency-Key": mark})
        if answer.status == 201:
            self.opinions.append(answer.body["number"])

    def _invite(self, mark: str) -> None:
        made = call(
            self.server, "POST", "/suggestions", {**DRAFT, "title": f"建议 {mark}"[:40]}, **self.deputy
        )
        if made.status != 201:
            return
        way = f"/suggestions/{made.body['id']}/actions"
        offers = call(self.server, "GET", way, **self.deputy).body["items"]
        seats = next(one["fields"] for one in offers if one["name"] == "invite")["properties"]["deputies"]
        form = {"deputies": [seats["items"]["oneOf"][0]["const"]]}
        if call(self.server, "POST", f"{way}/invite", form, **self.deputy).status == 200:
            self.invited.append(made.body["id"])


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    handler, port = Sink(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def test_twenty_power_cuts_lose_and_repeat_nothing(served: Served, sink: tuple[Sink, int]) -> None:
    served.extra = {"LIANXIN_SMTP_HOST": "127.0.0.1", "LIANXIN_SMTP_PORT": str(sink[1])}
    assert served.run("shell", "-c", PREPARE).returncode == 0
    served.serve(workers=1, threads=4)
    load = Load(served)
    chance = random.Random(321)
    for cut in range(CUTS):
        if not served.running:
            served.serve(workers=1, threads=4)
        served.work()
        load.going.set()
        if cut % 4 == 3:
            _wait_for_mail(sink[0])
        time.sleep(chance.uniform(0.2, 0.7))
        served.kill()
        load.going.clear()
    load.end()
    assert served.run("shell", "-c", SEND).returncode == 0
    _check(served, load, sink[0])


def _wait_for_mail(sink: Sink) -> None:
    """Wait for the worker's next mail: one that is always cut off while it starts would never be sending."""
    before, last = sink.taken.total(), time.monotonic() + PATIENCE
    while sink.taken.total() == before:
        assert time.monotonic() < last, "the worker sent no mail: it cannot be cut off while it is sending"
        time.sleep(0.02)


def _check(served: Served, load: Load, sink: Sink) -> None:
    told = served.run("shell", "-c", LOOK)
    found = json.loads(told.stdout.split("FOUND")[1])
    assert len(load.opinions) > CUTS
    assert len(load.invited) > 3
    assert set(load.opinions) <= set(found["opinions"])
    assert set(load.invited) <= set(found["invited"])
    assert {number for number, times in Counter(found["opinions"]).items() if times > 1} == set()
    assert set(sink.taken.values()) == {1}
    assert {mail for mail, state in found["mails"].items() if state == "sent"} <= set(sink.taken)
    assert not [mail for mail, state in found["mails"].items() if state == "queued"]
    verified = served.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
