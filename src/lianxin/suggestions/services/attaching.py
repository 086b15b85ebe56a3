"""Enclosing files with a draft, and taking them out: whoever co-signs confirms them with the text."""

from __future__ import annotations

from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Refused
from lianxin.common.writes import write
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_erase, scan_accept
from lianxin.rulebook.services import value
from lianxin.suggestions.attachments import OWNER, attachments
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import text_hash
from lianxin.suggestions.services.step import step


@write
def file_attach(
    *, actor: Actor, suggestion: Suggestion, data: bytes, request_id: str | None = None
) -> Suggestion:
    """Enclose a photo or a PDF with one's draft; the same file twice is one."""
    step(actor=actor, suggestion=suggestion, act="edit", facts={"file": "attached"})
    suggestion.refresh_from_db()  # the row is held now: the text may have changed since it was read
    most = int(value("suggestion.files_most", home6=suggestion.home6))
    if attachments(suggestion.pk).count() >= most:
        raise Refused(f"一件建议最多带 {most} 份附件，请先去掉一份。")
    scan_accept(data=data, owner_kind=OWNER, owner_id=suggestion.id, home6=suggestion.home6)
    _another_text(suggestion)
    return suggestion


@write
def file_detach(
    *, actor: Actor, suggestion: Suggestion, file: StoredFile, request_id: str | None = None
) -> Suggestion:
    """Take a file out of one's draft; its bytes go."""
    step(actor=actor, suggestion=suggestion, act="edit", facts={"file": "detached"})
    suggestion.refresh_from_db()  # the row is held now: the text may have changed since it was read
    if not attachments(suggestion.pk).filter(pk=file.pk).exists():
        raise Conflict("这份附件已经去掉了。")
    file_erase(file)
    _another_text(suggestion)
    return suggestion


def fingerprint(suggestion: Suggestion) -> str:
    """Return what a co-signature confirms: the text and each enclosed file."""
    said = (suggestion.title, suggestion.situation, suggestion.analysis, suggestion.proposal)
    files = attachments(suggestion.pk).values_list("sha256", flat=True)
    return text_hash(*said, *suggestion.demands, *files)


def _another_text(suggestion: Suggestion) -> None:
    before, suggestion.text_hash = suggestion.text_hash, fingerprint(suggestion)
    Suggestion.objects.filter(pk=suggestion.pk).update(text_hash=suggestion.text_hash)
    if suggestion.text_hash != before:
        suggestion.cosignatures.filter(state="confirmed").update(state="void")
