"""The English catalog is complete and fresh (`make messages` mends it)."""

from __future__ import annotations

import gettext
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "locale/en/LC_MESSAGES/django"
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%|<[^>]+>")
FIELD = re.compile(r'(msgid|msgid_plural|msgstr(?:\[\d\])?) "')


def entries(path: Path) -> dict[str, list[str]]:
    """Return msgid → its English (two forms where numbers matter) of a .po file."""
    found: dict[str, list[str]] = {}
    for block in path.read_text("utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if begun := FIELD.match(line):
                name = begun[1]
            if line.startswith("#") or not name:
                continue
            text = line[line.index('"') + 1 : -1]
            fields[name] = fields.get(name, "") + text.replace('\\"', '"').replace("\\n", "\n")
        if fields.get("msgid"):
            found[fields["msgid"]] = [fields[key] for key in sorted(fields) if key.startswith("msgstr")]
    return found


@pytest.fixture(scope="module")
def written() -> dict[str, list[str]]:
    """Return the catalog as it stands."""
    return entries(CATALOG.with_suffix(".po"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what the sources ask for now, collected in a copy of the tree."""
    assert shutil.which("xgettext"), "gettext is missing: apt-get install gettext"
    tree = tmp_path_factory.mktemp("tree")
    unread = shutil.ignore_patterns("__pycache__", "fonts", "static", "data")
    shutil.copytree(ROOT / "src", tree / "src", ignore=unread)
    (tree / "locale").mkdir()
    command = ["-m", "django", "makemessages", "-l", "en", "--no-location", "-v0"]
    plain = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    subprocess.run([sys.executable, *command], cwd=tree, env=plain, check=True)
    return entries(tree / "locale/en/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def collector() -> Any:
    """Return scripts/messages.py as a module."""
    spec = importlib.util.spec_from_file_location("messages_script", ROOT / "scripts/messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_of_the_interface_is_in_the_catalog(
    fresh: dict[str, list[str]], written: dict[str, list[str]]
) -> None:
    missing = sorted(set(fresh) - set(written))
    assert not missing, f"{len(missing)} texts are not in the catalog, run `make messages`: {missing[:10]}"


def test_the_catalog_keeps_no_text_that_nobody_asks_for(
    fresh: dict[str, list[str]], written: dict[str, list[str]]
) -> None:
    stale = sorted(set(written) - set(fresh))
    assert not stale, f"run `make messages`: {stale[:10]}"


def test_words_of_tables_and_attributes_are_collected_anew(collector: Any) -> None:
    assert collector.listing() == collector.WORDS.read_text("utf-8"), "run `make messages`"


def test_every_text_has_an_english_twin(written: dict[str, list[str]]) -> None:
    empty = sorted(key for key, words in written.items() if not all(words))
    assert not empty, f"{len(empty)} texts have no English: {empty[:10]}"
    assert ", fuzzy" not in CATALOG.with_suffix(".po").read_text("utf-8")


def test_the_english_holds_no_chinese(written: dict[str, list[str]], collector: Any) -> None:
    assert not [words for words in written.values() if collector.CHINESE.search("".join(words))]


def test_the_english_fills_the_same_places(written: dict[str, list[str]]) -> None:
    uneven = [key for key, words in written.items() if uneven_places(key, words)]
    assert not uneven, f"placeholders differ: {uneven[:10]}"


def uneven_places(key: str, words: list[str]) -> bool:
    """Tell whether a translation fills other places; of plural forms only the last must fill all."""
    return len(words) == 1 and sorted(PLACE.findall(key)) != sorted(PLACE.findall(words[0]))


def test_a_lost_place_would_be_seen() -> None:
    assert uneven_places("还剩 %(n)s 天", ["days left"])
    assert not uneven_places("还剩 %(n)s 天", ["%(n)s days left"])


def test_the_compiled_catalog_says_the_same(written: dict[str, list[str]]) -> None:
    with CATALOG.with_suffix(".mo").open("rb") as source:
        compiled = gettext.GNUTranslations(source)
    stale = [key for key, words in single(written) if compiled.gettext(key) != words]
    assert not stale, f"run `make messages`: {stale[:10]}"


def single(catalog: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the texts that have one form."""
    return ((key, words[0]) for key, words in catalog.items() if len(words) == 1)
