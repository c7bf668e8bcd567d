"""What stops a text before anybody is asked to approve it, and the two people who may let it pass."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry
from gongkai.portal import examining, services
from gongkai.portal.models import Attachment, Finding, Item, Override, WatchWord

from . import world

pytestmark = pytest.mark.django_db
# The example of GB 11643-1999.
ID_NUMBER = "11010519491231002X"


def workbook(hidden: str) -> bytes:
    """A workbook whose second sheet nobody sees."""
    book = openpyxl.Workbook()
    book.active.append(["名次", "单位"])
    sheet = book.create_sheet("名单")
    sheet.append(["姓名", "身份证号"])
    sheet.append(["张某", hidden])
    sheet.sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def attach(item: Item, content: bytes, name: str = "附件.xlsx") -> None:
    document = get_document_model().objects.create(title="获奖名单", file=ContentFile(content, name))
    Attachment.objects.create(item=item, document=document, sort_order=0)


def test_an_id_number_in_a_hidden_sheet_stops_the_text(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    attach(item, workbook(ID_NUMBER))
    item = Item.objects.get(pk=item.pk)
    with pytest.raises(services.BlockedError, match="须处理的问题") as blocked:
        services.submit(item, bureau.author)
    rules = {found.rule for found in blocked.value.findings}
    assert "PERSONAL-ID" in rules
    stored = Finding.objects.filter(item=item, rule="PERSONAL-ID").get()
    assert ID_NUMBER not in f"{stored.excerpt}{stored.message}{stored.fingerprint}"
    assert "附件" in stored.place
    item.attachments.all().delete()
    services.submit(Item.objects.get(pk=item.pk), bureau.author)


def test_two_people_let_a_finding_pass_and_only_that(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau, body=[("paragraph", f"<p>公示对象：张三，{ID_NUMBER}。</p>")])
    with pytest.raises(services.BlockedError):
        services.submit(item, bureau.author)
    found = Finding.objects.get(item=item, rule="PERSONAL-ID")
    override = services.request_override(item, bureau.author, found, "依法须公示身份")
    with pytest.raises(NotPermittedError, match="须由"):
        services.confirm_override(item, bureau.author, override, "同意")
    with pytest.raises(services.BlockedError):
        services.submit(item, bureau.author)
    services.confirm_override(item, bureau.reviewer, override, "已核对公示依据")
    services.submit(item, bureau.author)
    kinds = [entry.kind for entry in Entry.objects.of_stream("portal.item", item.pk)]
    assert kinds == ["edited", "override_requested", "override_confirmed", "submitted"]
    assert all(ID_NUMBER not in entry.payload for entry in Entry.objects.all())
    services.recall(item, bureau.author)
    item.body = [("paragraph", f"<p>公示对象：张三，{ID_NUMBER}；李四，110101199003070011。</p>")]
    item.save()
    with pytest.raises(services.BlockedError) as blocked:
        services.submit(Item.objects.get(pk=item.pk), bureau.author)
    assert found.fingerprint not in {each.fingerprint for each in blocked.value.findings}


def test_the_same_number_in_another_text_has_another_fingerprint(bureau: SimpleNamespace) -> None:
    body = [("paragraph", f"<p>{ID_NUMBER}</p>")]
    for item in (world.draft(bureau, "甲", body=body), world.draft(bureau, "乙", body=body)):
        examining.examine_item(item)
    prints = Finding.objects.filter(rule="PERSONAL-ID").values_list("fingerprint", flat=True)
    assert len(set(prints)) == 2


def test_the_agencys_own_words_prevail(bureau: SimpleNamespace) -> None:
    WatchWord.objects.create(agency=None, pattern="一季度统计", severity="note", advice="通用")
    WatchWord.objects.create(agency=bureau.agency, pattern="一季度统计", severity="block", advice="本局的")
    examining.examine_item(world.draft(bureau))
    found = Finding.objects.filter(rule="WORD-SENSITIVE").get()
    assert (found.severity, found.message) == ("block", "用了“一季度统计”。本局的")


def test_links_into_the_site_are_followed_in_the_database(bureau: SimpleNamespace) -> None:
    live = world.published(bureau)
    hidden = world.draft(bureau, "没有公开的")
    text = "".join(
        f'<a href="{address}">链接</a> '
        for address in (f"/art/{live.pk}.html", f"/art/{hidden.pk}.html", f"/{bureau.column.path}/", "/meiyou/")
    )
    examining.examine_item(world.draft(bureau, "有链接的", body=[("paragraph", f"<p>{text}</p>")]))
    dead = Finding.objects.filter(rule="LINK-DEAD")
    assert [each.excerpt.split(" → ")[1] for each in dead] == [f"/art/{hidden.pk}.html", "/meiyou/"]


def test_an_examination_takes_the_place_of_the_one_before(bureau: SimpleNamespace) -> None:
    item = world.draft(bureau, body=[("paragraph", f"<p>{ID_NUMBER}</p>")])
    examining.examine_item(item)
    before = Finding.objects.filter(item=item).count()
    examining.examine_item(item)
    assert Finding.objects.filter(item=item).count() == before
    assert not Override.objects.exists()
