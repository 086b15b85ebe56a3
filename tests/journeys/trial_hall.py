"""People around a trial by machine: the scrutineers with their devices, the machine apart that prints the cards."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.ballots.electronic.hall import Kiosk
from tests.concurrency.served import Served
from tests.journeys.city import City, shell

CARD = re.compile(r"\b[0-9A-Za-z]{3}(?:-[0-9A-Za-z]{3}){4}\b")
NO_PROGRAM = "/nonexistent"
"""A PATH without any program, so without `belenios-tool`."""
ENTERED = """
from django.test import Client
from lianxin.ballots.models import Trial
from lianxin.people.models import Account
for one in Trial.objects.get(ballot_id="{vote}").trustees.order_by("slot"):
    client = Client()
    client.force_login(
        Account.objects.get(pk=one.account_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    print("SAID", one.name, client.cookies["sessionid"].value)
"""


@dataclass
class Scrutineer:
    """A scrutineer: his browser, and the folder of the device that holds his key."""

    page: Page
    folder: Path
    address: str

    def look(self) -> Page:
        """Open his own page."""
        self.page.goto(f"{self.address}/trial/mine")
        return self.page

    def hand_in(self) -> None:
        """Do the round that is on: download what it needs, run it on the device, hand in the file."""
        self.look()
        material = self.page.get_by_role("link", name="下载材料")
        given = [self._download()] if material.count() else []
        self.page.set_input_files("#id_part", self._made(given))
        self.page.get_by_role("button", name="交这一步", exact=True).click()
        expect(self.page.get_by_text("收到了。")).to_be_visible()

    def _download(self) -> Path:
        with self.page.expect_download() as found:
            self.page.get_by_role("link", name="下载材料").click()
        to = self.folder.parent / found.value.suggested_filename
        found.value.save_as(to)
        return to

    def _made(self, given: list[Path]) -> str:
        """Run the command that the page shows; return the file that it names."""
        said = io.StringIO()
        call_command("scrutineer", self.folder, *given, stdout=said)
        return said.getvalue().partition("交这个文件：")[2].splitlines()[0]


def entered(city: City, address: str) -> dict[str, str]:
    """Return the session of every scrutineer of the vote, by name: they have accounts that nobody tours."""
    said = shell(city.data, ENTERED.format(vote=address.rpartition("/")[2]))
    rows = [line.split() for line in said.splitlines() if line.startswith("SAID")]
    return {name: session for _said, name, session in rows}


def printed(command: str, folder: Path) -> list[str]:
    """Print the cards by the command that the page shows; return the codes that stand on the sheet."""
    _lianxin, _cards, _folder, _code, code, _count, count, _title, title = shlex.split(command)
    call_command("cards", folder, code=code, count=int(count), title=title, stdout=io.StringIO())
    with pdfplumber.open(folder / "cards.pdf") as sheet:
        words = "\n".join(page.extract_text() or "" for page in sheet.pages)
    assert title in words
    return list(dict.fromkeys(CARD.findall(words)))


@contextmanager
def kiosk(city: City, command: str, hall_key: str) -> Iterator[str]:
    """Run the command that the page shows as a process of its own; return the address of its screen."""
    board = command.rpartition(" ")[2]
    hall = Served(data=city.data, port=city.port)
    machine = Kiosk(hall, board.rpartition("/")[2], hall_key)
    assert board == f"{hall.url}/evote/{machine.code}"
    try:
        yield f"http://127.0.0.1:{machine.start().port}/"
    finally:
        machine.kill()


class WithoutProgram(City):
    """The same city on a server where `belenios-tool` is not installed."""

    def _spawn(self, name: str, command: list[str], env: dict[str, str]) -> None:
        if name == "server":
            super()._spawn("without", command, {**env, "PATH": NO_PROGRAM})
