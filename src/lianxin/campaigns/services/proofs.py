"""What a village hands in as proof of its part: photos, and signed papers as PDF; sealed, a few at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet

from lianxin.audit.services import record
from lianxin.campaigns.models import CampaignTask
from lianxin.campaigns.permissions import may_task
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read, scan_accept
from lianxin.people.terms import refuse_ended_term

OWNER = "campaign_task"
MOST_FILES = 6
TOO_MANY = f"最多放 {MOST_FILES} 份，请挑最清楚的。"


@write
def task_prove(
    *, actor: Actor, task: CampaignTask, files: Sequence[bytes], request_id: str | None = None
) -> CampaignTask:
    """Add proof to a part that is done, for as long as the themed year goes on."""
    if not may_task(actor, "finish", task):
        raise Denied("只有本村村委会可以补交证明。")
    refuse_ended_term(task.campaign.due_on, task.home6)
    if not CampaignTask.objects.filter(pk=task.pk, campaign__closed_on=None).exclude(done_on=None).exists():
        raise Conflict("先填做了什么，再补照片；主题年结束以后不能再补。")
    if not files:
        raise Invalid("还没有选照片。", fields={"files": "请选照片或者 PDF。"})
    proofs_keep(actor, task, files)
    return task


def proofs_keep(actor: Actor, task: CampaignTask, files: Sequence[bytes]) -> None:
    """Keep the files of a part inside a write; the same file is kept once."""
    if files and len(set(files)) + _files().filter(owner_id=task.pk).count() > MOST_FILES:
        raise Invalid("照片和文件太多了。", fields={"files": TOO_MANY})
    for data in files:
        _keep(task, data)
    if files:
        facts = {"village": task.division_code, "files": len(files)}
        record(
            actor=actor, tag="campaign.proof", kind="campaign", target=task.id, home6=task.home6, facts=facts
        )


def _keep(task: CampaignTask, data: bytes) -> None:
    try:
        scan_accept(data=data, owner_kind=OWNER, owner_id=task.pk, home6=task.home6)
    except Invalid as refused:
        raise Invalid(
            refused.message, fields={"files": "请选照片（JPG、PNG、WebP）或者 PDF，每份不超过 8 兆。"}
        ) from None


def proofs_of(task: CampaignTask) -> list[StoredFile]:
    """Return the files of a part, the earliest first."""
    return list(_files().filter(owner_id=task.pk).order_by("id"))


def proofs_counted(tasks: Iterable[CampaignTask]) -> dict[UUID, int]:
    """Return part → how many files it has (one query); a part without any is left out."""
    mine = _files().filter(owner_id__in=[one.pk for one in tasks])
    return dict(mine.values_list("owner_id").annotate(n=Count("id")))


def proof_open(*, task: CampaignTask, file: UUID) -> tuple[bytes, str]:
    """Return a file of a part that the reader may see."""
    found = _files().filter(owner_id=task.pk, pk=file).first()
    if found is None:
        raise NotFound("没有找到这份证明，请回到上一页再看。")
    return file_read(found), found.mime


def _files() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(owner_kind=OWNER, erased_at=None)
