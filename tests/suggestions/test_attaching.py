"""Files enclosed with a draft: only its lead, only while it is a draft; a co-signature confirms them too."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.documents.models import StoredFile
from lianxin.suggestions import services
from lianxin.suggestions.attachments import attachment_for, attachments
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.services.attaching import fingerprint
from tests.factories import suggestions as make
from tests.factories.ballots import scan
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_draft_takes_photos_and_papers_and_gives_them_back(cast: Cast) -> None:
    row = make.drafted(cast)
    plain = row.text_hash
    for data in (scan(), PDF, PDF):
        services.file_attach(actor=cast.deputy_city, suggestion=row, data=data)
    kept = list(attachments(row.pk))
    assert [one.purpose for one in kept] == ["photo", "scan"] and row.text_hash != plain
    for one in kept:
        services.file_detach(actor=cast.deputy_city, suggestion=row, file=one)
    assert not attachments(row.pk) and row.text_hash == plain
    services.file_attach(actor=cast.deputy_city, suggestion=row, data=PDF)
    assert attachments(row.pk).count() == 1


def test_what_is_no_photo_and_no_paper_is_refused_and_six_are_too_many(cast: Cast) -> None:
    row = make.drafted(cast)
    with pytest.raises(Invalid):
        services.file_attach(actor=cast.deputy_city, suggestion=row, data=b"MZ\x90 a program")
    for n in range(5):
        services.file_attach(actor=cast.deputy_city, suggestion=row, data=PDF + str(n).encode())
    with pytest.raises(Refused, match="最多带 5 份"):
        services.file_attach(actor=cast.deputy_city, suggestion=row, data=PDF)
    assert attachments(row.pk).count() == 5


def test_another_file_is_another_text_for_those_who_signed(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    services.file_attach(actor=cast.deputy_city, suggestion=row, data=PDF)
    assert row.state == "draft" and row.cosignatures.get().state == "void"


@pytest.mark.parametrize("who", ["deputy_city_2", "deputy_town", "office", "keeper"])
def test_nobody_but_the_lead_encloses(cast: Cast, who: str) -> None:
    row = make.drafted(cast)
    with pytest.raises(Denied):
        services.file_attach(actor=getattr(cast, who), suggestion=row, data=PDF)


def test_a_filed_paper_keeps_its_files(cast: Cast) -> None:
    row = make.drafted(cast)
    services.file_attach(actor=cast.deputy_city, suggestion=row, data=PDF)
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    with pytest.raises(Conflict):
        services.file_attach(actor=cast.deputy_city, suggestion=row, data=scan())
    with pytest.raises(Conflict):
        services.file_detach(actor=cast.deputy_city, suggestion=row, file=attachments(row.pk)[0])


def test_who_may_read_the_text_may_read_the_file_and_nobody_else(cast: Cast) -> None:
    row = make.drafted(cast)
    services.file_attach(actor=cast.deputy_city, suggestion=row, data=PDF)
    file = attachments(row.pk)[0]
    with pytest.raises(NotFound):
        attachment_for(cast.office, row.pk, file.pk)
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_register(actor=cast.office, suggestion=row)
    with pytest.raises(NotFound):
        attachment_for(cast.clerk, row.pk, file.pk)
    services.suggestion_assign(
        actor=cast.office, suggestion=row, parts=[make.Part("transport", make.Mode.SOLE)]
    )
    for actor in (cast.office, cast.clerk, cast.deputy_city):
        assert attachment_for(actor, row.pk, file.pk) == file
    for actor in (cast.clerk_power, cast.presidium, cast.deputy_town):
        with pytest.raises(NotFound):
            attachment_for(actor, row.pk, file.pk)
    Suggestion.objects.filter(pk=row.pk).update(is_public=True)
    for actor in (cast.keeper, cast.clerk_power, cast.deputy_town):
        with pytest.raises(NotFound):
            attachment_for(actor, row.pk, file.pk)
    assert attachment_for(cast.clerk, row.pk, file.pk) == file
    other = make.drafted(cast, by="deputy_city_2", title="关于另一件事的建议")
    with pytest.raises(NotFound):
        attachment_for(cast.deputy_city_2, other.pk, file.pk)
    page = entered(cast, "clerk")
    shown = page.get(f"/unit/matters/{make.part_of(row).pk}").content.decode()
    assert f"/papers/suggestions/{row.pk}/{file.pk}" in shown
    handed = page.get(f"/papers/suggestions/{row.pk}/{file.pk}")
    assert handed.content == PDF and handed["X-Content-Type-Options"] == "nosniff"


def test_the_page_says_what_is_missing_and_takes_a_file_out(cast: Cast) -> None:
    row, page = make.drafted(cast), entered(cast, "deputy_city")
    address = f"/deputy/suggestions/{row.pk}/files"
    assert page.post(address, {}).status_code == 422
    sent = SimpleUploadedFile("x.pdf", b"not a pdf", "application/pdf")
    assert page.post(address, {"scan": sent}).status_code == 422
    assert page.post(address, {"scan": SimpleUploadedFile("x.pdf", PDF)}).status_code == 302
    file = StoredFile.objects.get(owner_id=row.pk)
    assert "附件 1" in page.get(address).content.decode()
    assert page.post(address, {"out": "nonsense"}).status_code == 422
    assert page.post(address, {"out": str(file.pk)}).status_code == 302
    assert "还没有附件" in page.get(address).content.decode()


def test_a_text_changed_meanwhile_is_what_the_co_signature_confirms(cast: Cast) -> None:
    row = make.drafted(cast)
    stale = Suggestion.objects.get(pk=row.pk)
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis="后来改的。"))
    services.file_attach(actor=cast.deputy_city, suggestion=stale, data=PDF)
    now = Suggestion.objects.get(pk=row.pk)
    assert now.analysis == "后来改的。" and now.text_hash == fingerprint(now)
