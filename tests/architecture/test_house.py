"""The rules of the house, held by looking at the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src/lianxin"
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "asave", "adelete", "aupdate", "raw", "execute",
}  # fmt: skip
# product rule: residents are never scored, ranked or tagged
TAGS_ON_PEOPLE = [
    "信用分",
    "重点人",
    "上访户",
    "刁民",
    "素质分",
    "群众评分",
    "群众积分",
    "黑名单",
    "情绪分",
    "维稳对象",
]
FIELDS_ON_PEOPLE = re.compile(
    r"credit|resident_score|risk|blacklist|black_list|emotion|mood|petitioner_tag|label_of_person|face_id|"
    r"fingerprint|latitude|longitude|location|device"
)


def python_files(under: Path = SRC) -> list[Path]:
    return sorted(path for path in under.rglob("*.py") if "migrations" not in path.parts)


def said(path: Path) -> str:
    return str(path.relative_to(SRC))


def test_imports_only_go_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def views() -> Iterator[tuple[str, object]]:
    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, object]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route, pattern.callback

    yield from walk(get_resolver().url_patterns, "")


def test_every_page_says_who_may_open_it() -> None:
    pages = [(route, view) for route, view in views() if not route.startswith(("api/", "i18n/"))]
    assert len(pages) > 40
    assert [route for route, view in pages if not hasattr(view, "roles")] == []


def test_administration_is_never_public() -> None:
    pages = [(route, view) for route, view in views() if route.startswith("administration")]
    assert pages
    assert [route for route, view in pages if not getattr(view, "roles", None)] == []


def test_the_demo_city_is_told_through_the_services() -> None:
    """No ORM write in the demo package: its histories are made by the acts of the product."""
    found = []
    for path in python_files(SRC / "demo"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                owner = ast.unparse(node.func.value)
                text = ast.unparse(node).upper()
                by_sql = node.func.attr == "execute" and re.search(r"INSERT|UPDATE |DELETE|REPLACE ", text)
                # A row is saved by name only; a picture is saved into a stream.
                row_write = node.func.attr in {"save", "delete"} and not node.args
                if "objects" in owner or row_write or by_sql:
                    found.append(f"{said(path)}:{node.lineno} {owner}.{node.func.attr}")
    assert found == []


def test_the_scan_would_see_a_write() -> None:
    call = ast.parse("Thing.objects.filter(pk=1).update(x=2)").body[0].value  # type: ignore[attr-defined]
    assert call.func.attr in WRITES
    assert "objects" in ast.unparse(call.func.value)


def test_no_column_scores_tags_or_tracks_people() -> None:
    names = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("lianxin")
        for field in model._meta.get_fields()
    ]
    assert len(names) > 200
    assert [name for name in names if FIELDS_ON_PEOPLE.search(name.rpartition(".")[2])] == []


@pytest.mark.parametrize("word", TAGS_ON_PEOPLE)
def test_no_page_and_no_code_tags_people(word: str) -> None:
    files = [*python_files(), *SRC.rglob("*.html"), *SRC.rglob("*.js"), *SRC.rglob("*.json")]
    assert [said(path) for path in files if word in path.read_text("utf-8")] == []


def test_files_stay_short() -> None:
    long = {
        said(path): n for path in python_files() if (n := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert long == {}


def test_every_room_says_what_it_is() -> None:
    rooms = [path for path in SRC.iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    assert len(rooms) >= 14
    for room in rooms:
        text = (room / "__init__.py").read_text("utf-8")
        assert ast.get_docstring(ast.parse(text)) or not text.strip(), room.name


def test_no_ignore_without_a_reason() -> None:
    bare = []
    for path in [*python_files(), *(ROOT / "tests/architecture").glob("*.py")]:
        if path.name == Path(__file__).name:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"# type: ignore(?!\[)", line) or re.search(r"# noqa(?!: [A-Z]+\d)", line):
                bare.append(f"{said(path)}:{number}")
    assert bare == []


GLOSSARY = re.compile(r"^\|([^|]*)\|([^|]*)\|([^|]*)\|", re.MULTILINE)


def test_the_glossary_names_are_used_in_the_code() -> None:
    """Each concept that the product has carries its word from the glossary."""
    rows = GLOSSARY.findall((ROOT / "GLOSSARY.md").read_text("utf-8"))
    words = {word.strip(" `") for row in rows for word in row[2].split("/")}
    assert {"deputy", "opinion", "suggestion", "division_code", "workday"} <= words
    code = "\n".join(path.read_text("utf-8") for path in python_files()).lower()
    built = {
        "deputy", "suggestion", "opinion", "grid", "constituency",
        "deputy_group", "cosigner", "reply", "reply_letter", "co_handler", "division_code", "workday",
        "commitment", "rehandling", "key_suggestion", "consultation",
    }  # fmt: skip
    known = {word for word in built if word in words}
    missing = sorted(word for word in known if word.replace("_", "") not in code.replace("_", ""))
    assert len(known) > 10
    assert missing == []


def test_templates_hold_no_state_logic_and_no_inline_style_or_script() -> None:
    found = []
    for path in SRC.rglob("*.html"):
        text = path.read_text("utf-8")
        if re.search(r"<style|\sstyle=|\son(click|load|change|submit)=|<script>(?!\s*</script>)", text):
            found.append(said(path))
    assert found == []


def test_pages_ask_no_third_party() -> None:
    """No foreign font, script, picture or map: every address in a page is our own."""
    found = []
    for path in [*SRC.rglob("templates/**/*.html"), *(SRC / "web/styles").glob("*.css")]:
        for address in re.findall(
            r"(?:src|href|url)\s*[=(]\s*[\"']?(https?://[^\"')\s]+)", path.read_text("utf-8")
        ):
            found.append(f"{said(path)} {address}")
    assert found == []
