"""The form of a kind as data: what its fields may be, and the check of what was typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

TYPES = ("text", "long_text", "number", "date", "choice", "yes_no")
MOST_FIELDS = 12
_LENGTH = {"text": 120, "long_text": 2000}


def checked(
    fields: Sequence[Mapping[str, Any]], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return (clean values, one sentence per wrong field); what the form does not know is dropped."""
    clean: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fields:
        name, raw = field["name"], values.get(field["name"])
        if raw is None or raw == "":
            if field.get("required"):
                wrong[name] = f"请填「{field['label']}」。"
            continue
        try:
            clean[name] = _READ[field["type"]](field, raw)
        except ValueError as caught:
            wrong[name] = str(caught)
    return clean, wrong


def form_errors(fields: object) -> str | None:
    """Return what is wrong with the form of a kind, or None."""
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS:
        return f"表单最多 {MOST_FIELDS} 项。"
    names = [field.get("name") for field in fields if isinstance(field, dict)]
    if len(names) != len(fields) or len(set(names)) != len(names):
        return "每一项要有不同的名称。"
    return next((said for field in fields if (said := _field_error(field))), None)


def _field_error(field: Mapping[str, Any]) -> str | None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", str(field.get("name", ""))):
        return "每一项的编号只用小写字母、数字和下划线。"
    label = str(field.get("label", "")).strip()
    if not label or len(label) > 20:
        return "每一项要有名称，不超过 20 个字。"
    if field.get("type") not in TYPES:
        return f"「{label}」请选填写方式。"
    choices = field.get("choices") or []
    if field["type"] == "choice" and (len(choices) < 2 or any(not str(one).strip() for one in choices)):
        return f"「{label}」至少要有两个选项。"
    return None


def _words(field: Mapping[str, Any], raw: Any) -> str:
    text, most = str(raw).strip(), _LENGTH[field["type"]]
    if len(text) > most:
        raise ValueError(f"「{field['label']}」请不要超过 {most} 个字。")
    return text


def _number(field: Mapping[str, Any], raw: Any) -> float | int:
    try:
        number = float(raw)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1_000_000:
        raise ValueError(f"「{field['label']}」请填数字。")
    return int(number) if number == int(number) else number


def _day(field: Mapping[str, Any], raw: Any) -> str:
    try:
        return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        raise ValueError(f"「{field['label']}」请写成 2026-11-23 这样。") from None


def _choice(field: Mapping[str, Any], raw: Any) -> str:
    if raw not in field.get("choices", []):
        raise ValueError(f"「{field['label']}」请从列出的选项中选一个。")
    return str(raw)


def _yes_no(field: Mapping[str, Any], raw: Any) -> bool:
    if raw in (True, "yes", "on", "true", "1"):
        return True
    if raw in (False, "no", "false", "0"):
        return False
    raise ValueError(f"「{field['label']}」请选是或否。")


_READ = {
    "text": _words,
    "long_text": _words,
    "number": _number,
    "date": _day,
    "choice": _choice,
    "yes_no": _yes_no,
}
