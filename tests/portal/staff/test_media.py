"""What is in the libraries or in a proof is read by the staff that may, and by nobody else."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from selectolax.lexbor import LexborHTMLParser
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from gongkai.bureau.models import User
from gongkai.portal import services
from gongkai.portal.models import Attachment, Item, StoredFile

from .. import world
from .conftest import As


def image(owner: User | None) -> Any:
    output = BytesIO()
    Picture.new("RGB", (40, 30), "navy").save(output, "PNG")
    return get_image_model().objects.create(
        title="图", file=ImageFile(BytesIO(output.getvalue()), name="tu.png"), uploaded_by_user=owner
    )


def document(owner: User | None, name: str = "附件.txt") -> Any:
    found = get_document_model()(title="附件", uploaded_by_user=owner)
    found.file.save(name, ContentFile("内部".encode()))
    return found


def addresses(owner: User | None) -> list[str]:
    made = image(owner)
    rendition = made.get_rendition("max-20x20")
    return [f"/media/{made.file.name}", f"/media/{rendition.file.name}", document(owner).url]


def test_the_library_is_for_the_staff_of_its_agency(
    bureau: SimpleNamespace, other: SimpleNamespace, signed: As, client: Client
) -> None:
    for path in addresses(bureau.author):
        assert client.get(path).status_code == 404, "signed out"
        assert signed(other.author).get(path).status_code == 404, "another agency"
        assert signed(world.user(bureau.agency, f"plain-{len(path)}")).get(path).status_code == 404, "no role"
        for user in (bureau.author, bureau.reviewer, bureau.leader):
            response = signed(user).get(path)
            assert response.status_code == 200
            assert "default-src 'none'" in response["Content-Security-Policy"]
            assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "published/00/",
        "../keys/django.key",
        "original_images/../../keys/django.key",
        "documents/x.txt",
        "",
        "nothing.png",
    ],
)
def test_nothing_but_pictures_of_the_library_is_served(bureau: SimpleNamespace, signed: As, path: str) -> None:
    document(bureau.author, "x.txt")
    assert signed(bureau.author).get(f"/media/{path}").status_code == 404


def test_a_published_file_is_not_read_around_the_gate(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    Attachment.objects.create(item=item, document=document(bureau.author))
    services.submit(Item.objects.get(pk=item.pk), bureau.author)
    stored = StoredFile.objects.get()
    assert signed(bureau.author).get(f"/media/{stored.path}").status_code == 404


def test_the_library_lists_and_offers_what_is_the_agencys(
    bureau: SimpleNamespace, other: SimpleNamespace, signed: As
) -> None:
    theirs = document(other.author)
    theirs.title = "别处的文件"
    theirs.save()
    hidden = image(other.author)
    mine = image(bureau.chief)
    client = signed(bureau.author)
    for path in ("/admin/documents/", "/admin/documents/chooser/"):
        assert "别处的文件" not in client.get(path).content.decode()
    assert client.get(f"/admin/documents/edit/{theirs.pk}/").status_code == 302
    assert client.get(f"/admin/images/{hidden.pk}/").status_code == 302
    assert client.get(f"/admin/images/{mine.pk}/").status_code == 200
    assert client.get(f"/admin/images/chooser/{hidden.pk}/").status_code in {302, 403, 404}
    assert signed(bureau.leader).get("/admin/images/").status_code == 302, "who does not write has no library"


def proof(bureau: SimpleNamespace) -> tuple[Item, str]:
    item = world.draft(
        bureau,
        body=[
            ("paragraph", "<p>见图。</p>"),
            (
                "figure",
                {"image": image(bureau.author), "alt": "示意图", "decorative": False, "caption": "", "source": ""},
            ),
        ],
    )
    Attachment.objects.create(item=item, document=document(bureau.author))
    edition = services.submit(Item.objects.get(pk=item.pk), bureau.author)
    return item, f"/admin/portal/items/{item.pk}/editions/{edition.pk}/"


def links(html: str) -> set[str]:
    page = LexborHTMLParser(html)
    found = {str(node.attributes.get("src")) for node in page.css("img")}
    return found | {str(node.attributes.get("href")) for node in page.css("a") if "/files/" in str(node.attributes)}


def test_a_proof_shows_its_own_pictures_and_files_to_staff_and_to_nobody_else(
    bureau: SimpleNamespace, other: SimpleNamespace, signed: As, client: Client
) -> None:
    item, path = proof(bureau)
    reviewer = signed(bureau.chief)
    response = reviewer.get(path)
    text = response.content.decode()
    assert "清样，尚未公开" in text
    assert bureau.agency.name in text, "with the masthead of the site"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]
    files = {link for link in links(text) if "/files/" in link}
    assert len(files) == 2
    for link in files:
        assert link.startswith(f"{path}files/")
        assert reviewer.get(link).status_code == 200
        assert client.get(link).status_code == 302, "signed out"
        assert signed(other.author).get(link).status_code == 404
        assert client.get(link.replace(f"{path}files", f"/art/{item.pk}")).status_code == 404, "not public"
    assert reviewer.get(f"{path}files/{'0' * 16}/x.txt").status_code == 404
    assert reviewer.get(f"{path}files/data/nothing.csv").status_code == 404


def test_the_figures_of_a_proof_can_be_taken_along(bureau: SimpleNamespace, signed: As) -> None:
    value = {"caption": "分季度", "unit": "", "note": "", "source": "", "text": "季度\t数值\n一季度\t1\n二季度\t2"}
    item = world.draft(bureau, body=[("paragraph", "<p>见表。</p>"), ("table", value)])
    edition = services.submit(Item.objects.get(pk=item.pk), bureau.author)
    (block,) = edition.data["data"]
    path = f"/admin/portal/items/{item.pk}/editions/{edition.pk}/files/data/{block}.csv"
    response = signed(bureau.chief).get(path)
    assert response.status_code == 200
    assert "一季度" in response.content.decode("utf-8-sig")
