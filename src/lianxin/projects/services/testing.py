"""The residents' poll, apart from the deputies' test; and what must be put right after a bad test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.projects.models import Grade, PollAnswer, Project, Rectification
from lianxin.projects.services.step import project_step
from lianxin.projects.services.telling import tell_body, tell_unit
from lianxin.projects.services.words import long_enough
from lianxin.projects.workflow import GOING, TESTED
from lianxin.rulebook.selectors import value


@write
def poll_answer(
    *,
    actor: Actor,
    project: Project,
    grade: str,
    browser_token: str,
    request_id: str | None = None,
) -> PollAnswer:
    """Take a resident's grade of a finished project; the last word of a browser counts, once."""
    if project.state not in TESTED:
        raise Conflict("项目完工以后才能评。")
    if grade not in Grade.values:
        raise Invalid("请选一个。", fields={"grade": "请从三个里选一个。"})
    if not browser_token:
        raise Invalid("浏览器没有给出标记，请允许本站的小甜饼后再评。", fields={"grade": "请再试一次。"})
    row, _ = PollAnswer.objects.update_or_create(
        home6=project.home6,
        project=project,
        token_hash=keyed_hash(browser_token, purpose="browser"),
        defaults={"grade": grade},
    )
    return row


def verdict_follow(project: Project) -> Project:
    """Let the deputies' verdict close a finished project; one at work keeps its state and its acts.

    The test is yearly, the work may not be: what was tested too early closes once it is finished.
    """
    got = project.year_test.grade
    bad = got == Grade.DISSATISFIED
    act = "order_rectification" if bad else "evaluate"
    act = "note_test" if project.state in GOING else act
    project_step(actor=SYSTEM, row=project, act=act, facts={"grade": got})
    if bad:
        tell_unit(project, "测评不满意，请按整改清单整改", f"rectify:{project.id}")
    return project


@write
def rectification_list(
    *, actor: Actor, project: Project, items: Sequence[str], request_id: str | None = None
) -> Project:
    """List what must be put right, with its day."""
    words = [long_enough(item, 4, 200, "listed", "写明整改什么") for item in items if item.strip()]
    if not words:
        raise Invalid("请至少写一项。", fields={"listed": "一行写一项要整改的事。"})
    project_step(actor=actor, row=project, act="list_rectification", facts={"count": len(words)})
    due = clock.today() + timedelta(days=value("project.rectify_days", home6=project.home6))
    Rectification.objects.bulk_create(
        Rectification(home6=project.home6, project=project, what=word, due_on=due) for word in words
    )
    tell_unit(project, "有整改清单，请按期报结果", f"rectify-list:{project.id}")
    return project


@write
def rectification_report(
    *,
    actor: Actor,
    project: Project,
    item: Rectification,
    told: str,
    request_id: str | None = None,
) -> Project:
    """The unit reports what was put right."""
    words = long_enough(told, 6, 500, "told", "写明怎么整改的")
    project_step(actor=actor, row=project, act="report_rectification")
    waiting = Rectification.objects.filter(pk=item.pk, project=project, done_on=None)
    if waiting.update(told=words, done_on=clock.today()) != 1:
        raise Conflict("这一项已经报过了。")
    tell_body(project, "单位报了整改结果，请复查", f"rectified:{item.id}")
    return project


@write
def rectification_check(*, actor: Actor, project: Project, request_id: str | None = None) -> Project:
    """Check again (next year): all is put right, the project is closed."""
    project_step(actor=actor, row=project, act="check_again")
    project.rectifications.filter(checked_on=None).update(checked_on=clock.today())
    return project
