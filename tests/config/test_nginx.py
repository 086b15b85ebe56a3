"""What the server in front writes down: never a code, never a query."""

from __future__ import annotations

import re
from pathlib import Path

from tests.permissions.doors import Door, doors

CONF = (Path(__file__).parents[2] / "deploy/nginx.conf").read_text("utf-8")
CODES = {"code", "key", "token", "receipt", "rest"}
PUBLIC = re.compile(
    r"^(api/<rest>|api/v1/villages/|desk/places/|deputy/duty-score/|station/standards/|village/board/|village/numbers/|villages/"
    r"|stations/|papers/stations/|projects/(of|history)/|charters/of/|elections/of/|inspections/"
    r"|campaigns/(inspections|supervisors)/|<slug:code>/)"
)
"""Where `code` is that of a place, a station or a kind of duty, which everybody knows."""


def secret() -> list[Door]:
    """Return the addresses that carry what opens something to whoever has it."""
    found = [door for door in doors() if CODES & set(door.names)]
    return [door for door in found if not PUBLIC.match(door.route)]


def location(path: str) -> str:
    """Return the block that nginx takes for a path: a fitting pattern first, else the longest beginning."""
    blocks = re.findall(r"location (~ )?(\S+) \{(.*?)\}", CONF, re.DOTALL)
    for is_pattern, what, body in blocks:
        if is_pattern and re.search(what, path):
            return body
    fitting = [
        (len(what), body) for is_pattern, what, body in blocks if not is_pattern and path.startswith(what)
    ]
    return max(fitting)[1]


def test_no_code_is_written_down() -> None:
    found = secret()
    assert {door.name for door in found} >= {"deed_asked", "api-v1:by_code", "api-v1:reopen", "evote_board"}
    for door in found:
        body = location(door.address(dict.fromkeys(door.names, "7K2M")))
        assert "access_log off;" in body and "error_log /dev/null;" in body, door.route


def test_no_query_is_written_down() -> None:
    form = re.search(r"log_format lianxin '(.*)';", CONF)
    assert form and "$uri" in form[1]
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer|arg_\w+)\b", form[1])
    logs = re.findall(r"(access_log|error_log) ([^;]+);", CONF)
    assert logs and all(how in {"off", "/dev/null"} or how.endswith((" lianxin", " crit")) for _, how in logs)
    outside = re.sub(r"location .*?\}", "", CONF, flags=re.DOTALL)
    assert "access_log" in outside and "error_log" in outside
