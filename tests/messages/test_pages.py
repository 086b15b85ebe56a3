"""In English the frame of a page is English; what people and the law have said stays as it was said."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db.models import Q
from django.test import Client

from lianxin.people.models import Account, Organ
from lianxin.regions.models import Division, Station
from lianxin.suggestions.models import Suggestion
from tests.factories.cast import Cast
from tests.factories.opinions import recorded
from tests.factories.suggestions import assigned
from tests.web.pages import entered

CHINESE = re.compile("[\u3400-\u9fff]+")
FRAME = frozenset({"button", "label", "legend", "h1", "th", "summary"})
OTHER_LANGUAGE = "中文"


class Frame(HTMLParser):
    """Gathers the words of buttons, labels, headings and of links in navigation."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where we are; an accessible name is a word of the frame too."""
        if tag not in {"input", "meta", "link", "br", "img", "path", "use"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the innermost element of that name."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep what stands in the frame."""
        if FRAME & set(self.open) or ("nav" in self.open and "a" in self.open):
            self.words.append(data)


def chinese_in_frame(page: str) -> list[str]:
    """Return Chinese words in the frame of a page; names and what people wrote are left out."""
    frame = Frame()
    frame.feed(page)
    found = {word for text in frame.words for word in CHINESE.findall(text)}
    return sorted(word for word in found if not is_data(word))


def is_data(word: str) -> bool:
    """Tell whether a word is a name of a place, an organ, a station or a person, or a matter's title."""
    return (
        word == OTHER_LANGUAGE
        or Division.objects.filter(name=word).exists()
        or Station.objects.filter(name__contains=word).exists()
        or Organ.objects.filter(Q(name=word) | Q(short_name=word)).exists()
        or Account.objects.filter(display_name__contains=word).exists()
        or Suggestion.objects.filter(title__contains=word).exists()
    )


def english(client: Client) -> Client:
    """Return the client with English chosen."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize(
    "address",
    ["/", "/113/t", "/progress", "/login", "/results", "/deputies", "/stations", "/institutions", "/privacy"],
)
def test_public_pages_have_an_english_frame(cast: Cast, address: str) -> None:
    answer = english(Client()).get(address, follow=True)
    assert answer.status_code == 200
    assert not chinese_in_frame(answer.content.decode())


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("keeper", "/desk"),
        ("keeper", "/station/opinions"),
        ("keeper", "/station/new"),
        ("deputy_city", "/deputy"),
        ("deputy_city", "/deputy/suggestions"),
        ("clerk", "/desk"),
        ("clerk", "/unit/matters"),
        ("office", "/desk"),
        ("office", "/office/suggestions"),
        ("oversight", "/unit/board"),
        ("admin", "/administration"),
    ],
)
def test_pages_of_staff_have_an_english_frame(cast: Cast, name: str, address: str) -> None:
    recorded(cast)
    assigned(cast)
    answer = english(entered(cast, name)).get(address, follow=True)
    assert answer.status_code == 200
    assert not chinese_in_frame(answer.content.decode())


def test_the_same_page_is_chinese_without_the_choice(cast: Cast) -> None:
    assert chinese_in_frame(entered(cast, "keeper").get("/desk").content.decode())
