"""Somebody who fills in the form of the site without a script."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

APPLY, RECEIPT, STATUS = "/ysqgk/shenqing/", "/ysqgk/huizhi/", "/ysqgk/chaxun/"
PROOF = b"\x89PNG\r\n\x1a\n" + b"proof" * 20
GIVEN = {
    "kind": "natural_person",
    "name": "欧阳测试",
    "id_type": "resident",
    "id_number": "11010519491231002x",
    "phone": "13800138000",
    "email": "ouyang@example.cn",
    "title": "2019年粮食统计",
    "requested": "2019年全市粮食播种面积，分县（市、区）",
    "provision": "electronic",
    "delivery": "portal",
    "accepts_other": "on",
}


def proof(content: bytes = PROOF, name: str = "身份证.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


class Visitor:
    """``fields`` are those of the form on the page that was served last, as a browser would send them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.status = 0
        self.page = LexborHTMLParser("")

    def take(self, response: Any) -> Visitor:
        self.response, self.status = response, response.status_code
        if response.get("Content-Type", "").startswith("text/html"):
            self.page = LexborHTMLParser(response.content.decode())
        return self

    def get(self, address: str) -> Visitor:
        return self.take(self.client.get(address))

    def send(self, given: dict[str, Any], address: str = APPLY, **headers: Any) -> Visitor:
        """Send the form on the page, with what is typed into it."""
        return self.take(self.client.post(address, self.fields | given, **headers))

    @property
    def fields(self) -> dict[str, str]:
        found: dict[str, str] = {}
        form = next(
            (each for each in self.page.css("main form") if "search" not in (each.attributes.get("class") or "")), None
        )
        for field in form.css("input, textarea, select") if form else ():
            kind, name = field.attributes.get("type"), field.attributes.get("name")
            if not name or kind in {"file", "submit"}:
                continue
            if kind in {"radio", "checkbox"} and "checked" not in field.attributes:
                continue
            if field.tag == "select":
                chosen = field.css_first("option[selected]") or field.css_first("option")
                found[name] = (chosen.attributes.get("value") or "") if chosen else ""
            elif field.tag == "textarea":
                found[name] = field.text().removeprefix("\n")
            else:
                found[name] = field.attributes.get("value") or ("on" if kind == "checkbox" else "")
        return found

    @property
    def text(self) -> str:
        main = self.page.css_first("main")
        return " ".join(main.text(separator=" ").split()) if main else ""

    def one(self, selector: str) -> str:
        found = self.page.css_first(selector)
        assert found is not None, f"{selector} is not on the page: {self.text[:400]}"
        return found.text().strip()

    # --- Whole ways ---

    def filled(self, **changed: Any) -> Visitor:
        """Up to the page on which it is checked."""
        self.get(APPLY)
        return self.send(GIVEN | {"id_proof": proof(), "action": "check"} | changed)

    def applied(self, **changed: Any) -> Visitor:
        """Up to the receipt."""
        self.filled(**changed)
        assert self.status == 200, self.text
        self.send({"action": "submit"})
        assert self.status == 303, self.text
        return self.get(RECEIPT)
