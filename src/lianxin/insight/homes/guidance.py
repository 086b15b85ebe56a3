"""What guiding villages adds to a town's first screen: texts to check and file, overdue findings.

One line each with its number, counted together with the broken links: a first screen asks little.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from lianxin.campaigns.permissions import findings_visible_to
from lianxin.campaigns.workflow import State as FindingState
from lianxin.charters.permissions import visible_to
from lianxin.charters.workflow import State
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.insight.homes.counting import Told, Waiting
from lianxin.insight.homes.shapes import Todo


def guidance_lists(actor: Actor) -> dict[str, Waiting]:
    """Return the lists whose lengths stand on a town's first screen."""
    if not actor.has(Role.PRESIDIUM):
        return {}
    late = findings_visible_to(actor).exclude(state=FindingState.CLOSED).filter(due_on__lt=clock.today())
    texts = visible_to(actor).filter(Q(state=State.CHECKING) | Q(state=State.TO_FILE, sent_on__isnull=False))
    return {"findings": Waiting(late), "texts": Waiting(texts)}


def guidance_todos(told: Mapping[str, Told]) -> list[Todo]:
    """Return what a town has to do about its villages."""
    found = []
    if "findings" in told:
        title = _("有 %(n)s 个问题到期没复查") % {"n": told["findings"].number}
        found.append(Todo("到期没复查", "search-check", title, _("巡查整改"), "复查", "/campaigns/findings"))
    if "texts" in told:
        title = _("有 %(n)s 件章程公约等您审核或备案") % {"n": told["texts"].number}
        found.append(Todo("章程公约", "scroll-text", title, _("各村的文本"), "审核", "/charters/board"))
    return found
