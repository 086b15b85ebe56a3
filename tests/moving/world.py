"""What stands in an installation that is moved, and what is asked of it before and after.

Run as `python -m tests.moving.world fill|tell|write|move` under the settings of one installation.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import django

ACCUSATION = "实名举报村主任贪污，侵占集体资金，这件事请你们密封保管"
NAME, PHONE = "石大山", "13991550000"


def fill() -> None:
    """Say a thing with a name, one that is sealed, and keep a private diary."""
    from tests.factories import duties, opinions  # noqa: PLC0415 - after Django's setup
    from tests.factories.cast import Cast  # noqa: PLC0415

    cast = Cast()
    opinions.said(cast, name=NAME, phone=PHONE, call_back=True)
    opinions.said(cast, ACCUSATION, insists_sealed=True)
    opinions.said(cast, "“引号”、\\反斜线\\、\t制表、\n换行，都要原样搬过去 🙂")
    duties.diary(cast)


def tell() -> dict[str, Any]:
    """Return a digest of every table, what sealed words say, and what a search finds."""
    from lianxin.opinions.models import Contact, Opinion  # noqa: PLC0415
    from lianxin.opinions.services.keys import CONTACT, opened, words_of  # noqa: PLC0415
    from lianxin.search.index import index_find  # noqa: PLC0415

    contact = Contact.objects.get()
    return {
        "tables": _digests(),
        "sealed": words_of(Opinion.objects.get(is_sealed=True)),
        "name": opened(contact.name, opinion_id=contact.opinion_id, purpose=CONTACT),
        "found": [str(one.object_id) for one in index_find("路灯")],
        "missed": [str(one.object_id) for one in index_find("侵占")],
    }


def write() -> str:
    """Say one more thing; return how it is found."""
    from lianxin.search.index import index_find  # noqa: PLC0415
    from tests.factories import opinions  # noqa: PLC0415
    from tests.factories.cast import Cast  # noqa: PLC0415

    opinion = opinions.said(Cast(), "搬完以后又说的一件事：水管冻裂了").opinion
    return "found" if opinion.id in {one.object_id for one in index_find("冻裂")} else "lost"


def move(*files: str) -> list[str]:
    """Try to move several files one after another; return what each attempt said."""
    from lianxin.config.moving import MoveRefused, move  # noqa: PLC0415

    said = []
    for file in files:
        try:
            said.append(f"moved {move(Path(file), tell=str).rows}")
        except MoveRefused as caught:
            said.append(str(caught))
    return said


def _digests() -> dict[str, str]:
    from django.apps import apps  # noqa: PLC0415

    return {
        model._meta.db_table: _digest(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


def _digest(model: Any) -> str:
    names = [one.attname for one in model._meta.local_concrete_fields]
    rows = sorted(
        json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True)
        for row in model._base_manager.values_list(*names)
    )
    return f"{len(rows)}:{hashlib.sha256('|'.join(rows).encode()).hexdigest()}"


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else repr(value)


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"fill": fill, "tell": tell, "write": write, "move": move}[sys.argv[1]](*sys.argv[2:])))
