"""What the pages of forums share: rendering with a refusal, picked people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.meetings.rules import picked
from lianxin.meetings.workflow import FORUM, GUESTS, HOSTS
from lianxin.web import answering
from lianxin.web.basis import said_basis

WATCHERS = tuple({*HOSTS, *FORUM.acts["close"].by})
READERS = (*WATCHERS, *GUESTS)
AT = "/forums"
_SEPARATORS = re.compile(r"[\s,，、/]+")


def shown(
    request: HttpRequest, template: str, page: dict[str, Any], refusal: LianxinError | None = None
) -> HttpResponse:
    """Render a page of the forums; a refusal is said and what was typed stays."""
    return answering.shown(request, template, {"at": AT, **page}, refusal)


def uuid_of(typed: str) -> UUID:
    """Return a typed id; what is none has not been found."""
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound(_("请从名单里选。")) from None


def picked_deputy(typed: str, options: Sequence[tuple[str, str, str]]) -> UUID:
    """Return the deputy that the typed characters mean."""
    found = picked(typed, options)
    if found is None:
        words = _("没认出是哪位代表：打名单上的序号，或多打一个字。")
        raise Invalid(words, fields={"deputy": words})
    return UUID(found)


def picked_units(typed: str, options: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the departments that the typed words mean, several with spaces between."""
    found = []
    for word in filter(None, _SEPARATORS.split(typed.strip())):
        unit = picked(word, options)
        if unit is None:
            words = _("没认出「%(word)s」是哪个部门：打名单上的序号，或多打一个字。") % {"word": word}
            raise Invalid(words, fields={"units": words})
        found.append(unit)
    return list(dict.fromkeys(found))


def basis_of(act: str) -> str:
    """Return which rule an act of a forum follows, in words."""
    return said_basis(FORUM.acts[act].basis)
