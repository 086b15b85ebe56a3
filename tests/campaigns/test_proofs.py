"""Proof of a village's part of a themed year: photos and papers, handed in with the words or later."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.audit.models import AuditEntry
from lianxin.campaigns import services
from lianxin.campaigns.models import CampaignTask
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.documents.models import StoredFile
from tests.factories import campaigns as make
from tests.factories import villages as ground
from tests.factories.cast import VILLAGE, Cast

WORDS = "公开栏换新了，会议记录补齐了。"
PDF = b"%PDF-1.4 minutes"


@pytest.fixture
def task(cast: Cast) -> CampaignTask:
    ground.profiles()
    found: CampaignTask = make.theme(cast).tasks.get(division_code=VILLAGE)
    return found


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def picture(name: str = "board.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ground.photo())


def sent(client: Client, address: str, **typed: Any) -> tuple[int, str]:
    answer = client.post(address, typed, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_village_hands_in_photos_and_a_paper_and_its_town_sees_them(cast: Cast, task: CampaignTask) -> None:
    address = f"/campaigns/tasks/{task.pk}"
    files = [picture(), SimpleUploadedFile("minutes.pdf", PDF)]
    status, page = sent(browser(cast, "village"), address, evidence=WORDS, files=files)
    assert status == 200 and "填好了" in page and "证明照片 1" in page and "证明文件 1（PDF" in page
    town = browser(cast, "presidium")
    kept = {one.purpose: town.get(f"{address}/files/{one.pk}") for one in StoredFile.objects.all()}
    assert kept["photo"]["Content-Type"] == "image/jpeg" and b"Exif" not in kept["photo"].content
    assert kept["scan"].content == PDF
    assert "证明 2 份" in town.get(f"/campaigns/themes/{task.campaign_id}?tab=done").content.decode()
    other = browser(cast, "presidium_other")
    assert {other.get(f"{address}/files/{one.pk}").status_code for one in StoredFile.objects.all()} == {404}
    assert AuditEntry.objects.filter(tag="campaign.proof", target_id=str(task.pk)).count() == 1


def test_a_file_that_is_no_photo_is_refused_and_the_words_are_kept(cast: Cast, task: CampaignTask) -> None:
    address, clerk = f"/campaigns/tasks/{task.pk}", browser(cast, "village")
    status, page = sent(clerk, address, evidence=WORDS, files=[SimpleUploadedFile("a.exe", b"MZ")])
    assert status == 422 and "请选照片" in page and WORDS in page
    task.refresh_from_db()
    assert task.done_on is None and not StoredFile.objects.exists()
    with pytest.raises(Invalid, match="太多"):
        services.task_finish(
            actor=cast.village, task=task, evidence=WORDS, files=[PDF + bytes([n]) for n in range(7)]
        )
    assert not StoredFile.objects.exists()


def test_a_forgotten_photo_is_added_by_the_village_alone_until_the_year_ends(
    cast: Cast, task: CampaignTask
) -> None:
    with pytest.raises(Conflict, match="先填做了什么"):
        services.task_prove(actor=cast.village, task=task, files=[ground.photo()])
    services.task_finish(actor=cast.village, task=task, evidence=WORDS)
    address, clerk = f"/campaigns/tasks/{task.pk}", browser(cast, "village")
    assert "补照片" in clerk.get(address).content.decode()
    assert "补照片" not in browser(cast, "presidium").get(address).content.decode()
    status, page = sent(clerk, f"{address}/files")
    assert status == 422 and "请选照片或者 PDF" in page
    for _press in range(2):
        assert "补上了" in sent(clerk, f"{address}/files", files=[picture()])[1]
    assert len(services.proofs_of(task)) == 1, "the same picture is kept once"
    for who in (cast.village_other, cast.village_supervisor, cast.presidium, cast.office):
        with pytest.raises(Denied):
            services.task_prove(actor=who, task=task, files=[ground.photo()])
    services.campaign_close(actor=cast.office, row=task.campaign, summary="都做完了，明年接着做。")
    with pytest.raises(Conflict, match="结束"):
        services.task_prove(actor=cast.village, task=task, files=[PDF])
    assert "补照片" not in clerk.get(address).content.decode()


def test_themed_years_ask_a_fixed_number_of_times(
    cast: Cast, task: CampaignTask, django_assert_max_num_queries: Any
) -> None:
    make.proved(cast, task.campaign)
    office = browser(cast, "office")
    for address in (
        "/campaigns",
        f"/campaigns/themes/{task.campaign_id}?tab=done",
        f"/campaigns/tasks/{task.pk}",
    ):
        office.get(address)
        with django_assert_max_num_queries(10):
            assert office.get(address).status_code == 200
