"""Words, links, particulars and pictures: what is wrong with them, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from gongkai.examination import (
    Finding,
    Link,
    Metadata,
    Passage,
    Picture,
    Settings,
    Severity,
    Subject,
    Word,
    WordListError,
    checker,
    examine,
    parse_words,
    starter_words,
)
from gongkai.law.limits import LimitKind

Rules = Callable[..., set[str]]
TODAY = date(2020, 12, 1)
METADATA = Metadata("统计局开展业务培训", openness="主动公开")


def found(subject: Subject, **changes: Any) -> list[Finding]:
    return examine(subject, Settings(**{"today": TODAY, **changes}))


# --- Words ---------------------------------------------------------------------------------------

WORDS = (
    Word("布署", replacement="部署"),
    Word("其他国家", "名单中有港澳台的，写“其他国家和地区”。", Severity.NOTE),
    Word("其他国家和地区", replacement="其他国家和地区"),
    Word("中港台", severity=Severity.BLOCK),
    Word("xxx"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("认真布署工作", {"WORD-WRONG"}),
        ("认真部署工作", set()),
        ("出口到其他国家。", {"WORD-SENSITIVE"}),
        ("出口到其他国家和地区。", set()),  # the longer word is right
        ("出口到其他国家和地区，其他国家除外", {"WORD-SENSITIVE"}),
        ("联系人XXX", {"WORD-SENSITIVE"}),
        ("中\u200b港台", {"WORD-SENSITIVE"}),
        ("", set()),
    ],
)
def test_listed_words_are_found(rules_of: Rules, text: str, expected: set[str]) -> None:
    assert rules_of(text, words=WORDS) == expected


def test_a_word_is_told_once_a_passage_with_advice_and_context() -> None:
    (one,) = found(Subject(METADATA, (Passage("正文", "认真布署、再布署，电话13812345678无关"),)), words=WORDS)[1:]
    assert one.message == "用了“布署”，应为“部署”。请核对。"
    assert "布署" in one.excerpt
    assert "13812345678" not in one.excerpt


def test_the_offices_own_entry_goes_before_ours(rules_of: Rules) -> None:
    assert rules_of("布署", words=(*WORDS, Word("布署", replacement="布署"))) == set()


def test_an_empty_entry_of_a_list_matches_nothing(rules_of: Rules) -> None:
    assert rules_of("任何文字", words=(Word(""), Word("  "))) == set()


def test_the_starter_list_is_short_and_without_contradiction() -> None:
    words = starter_words()
    assert 60 <= len(words) <= 120
    assert len({word.pattern for word in words}) == len(words)
    right = [word.replacement for word in words if word.replacement and not word.is_right]
    wrong = {each.excerpt for text in right for each in found(Subject(METADATA, (Passage("正文", text),)), words=words)}
    assert wrong == set(), "what the list says is right is not itself on the list"


@pytest.mark.parametrize(
    "text",
    [
        "全面部署预防犯罪工作，明确各部份额、内部分工和示范筹建单位。",
        "立即然后按装机容量计算，为群众提供献血服务，修复盖板，标签定义清楚，体制做好衔接。",
        "既将其纳入，又将其公开；共渡难关，渡过难关；生态环境局、市场监督管理局。",
        "我国同其他国家和地区的贸易；内地与香港；海峡两岸；台湾地区；“一国两制”。",
    ],
)
def test_ordinary_sentences_hold_none_of_the_starter_words(rules_of: Rules, text: str) -> None:
    assert rules_of(text, words=starter_words()) == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[word", "TOML"),
        ("[[word]]\nadvice = '无'", "第 1 项没有写词语"),
        ("[[word]]\npattern = '布署'\nseverity = 'bad'", "severity 只能是 block、warn、note"),
        ("[[word]]\npattern = '布署'\nreplace = '部署'", "不认识的内容：replace"),
    ],
)
def test_a_word_list_that_cannot_be_used_says_why(text: str, told: str) -> None:
    with pytest.raises(WordListError, match=told):
        parse_words(text)


# --- Links ---------------------------------------------------------------------------------------

OWN = frozenset({"tjj.wenzhou.gov.cn"})


@pytest.mark.parametrize(
    ("text", "url", "rule"),
    [
        ("公报", "/tjgb/1.html", None),
        ("公报", "https://tjj.wenzhou.gov.cn/tjgb/1.html", None),
        ("公报", "/tjgb/%31.html?page=2#a", None),
        ("公报", "/gone.html", "LINK-DEAD"),
        ("公报", "https://tjj.wenzhou.gov.cn/gone.html", "LINK-DEAD"),
        ("公报", "", "LINK-DEAD"),
        ("公报", "#", "LINK-DEAD"),
        ("公报", "#biao1", None),
        ("公报", "http://[::1", "LINK-DEAD"),
        ("公报", "http://192.168.1.8/a.doc", "LINK-DEAD"),
        ("公报", "http://oa/a.doc", "LINK-DEAD"),
        ("公报", "file:///C:/a.doc", "LINK-DEAD"),
        ("公报", "C:\\a.doc", "LINK-DEAD"),
        ("公报", "javascript:void(0)", "LINK-SCRIPT"),
        ("公报", " JaVa\nScript:alert(1)", "LINK-SCRIPT"),
        ("公报", "data:text/html,<script>", "LINK-SCRIPT"),
        ("国家统计局", "http://www.stats.gov.cn/", None),
        ("新闻", "https://news.example.com/1", "LINK-FOREIGN"),
        ("新闻", "//news.example.com/1", "LINK-FOREIGN"),
        ("像政府", "https://gov.cn.example.com/", "LINK-FOREIGN"),
        ("www.stats.gov.cn", "https://news.example.com/1", "LINK-MISLEADING"),
        ("http://www.stats.gov.cn/sj", "http://stats.gov.cn/sj", None),
        ("邮箱", "mailto:tjj@wenzhou.gov.cn", None),
        ("电话", "tel:0577-88960000", None),
        ("电话", "tel:13812345678", "PERSONAL-MOBILE"),
    ],
)
def test_links(text: str, url: str, rule: str | None) -> None:
    subject = Subject(METADATA, links=(Link("正文第1段", text, url, "b1"),))
    check = checker(lambda path: path == "/tjgb/1.html", OWN)
    assert [each.rule for each in found(subject, own_hosts=OWN, check_link=check)] == ([rule] if rule else [])


def test_only_links_of_our_own_are_ever_checked() -> None:
    asked: list[str] = []

    def check(url: str) -> str | None:
        asked.append(url)
        return None

    urls = ("/a", "https://tjj.wenzhou.gov.cn/b", "https://news.example.com/c", "http://10.0.0.1/d", "mailto:x@y.cn")
    found(Subject(METADATA, links=tuple(Link("正文", "", url) for url in urls)), own_hosts=OWN, check_link=check)
    assert asked == ["/a", "https://tjj.wenzhou.gov.cn/b"]
    assert checker(lambda path: False, OWN)("https://news.example.com/c") is None


# --- Particulars -----------------------------------------------------------------------------------


def document(**changes: Any) -> Subject:
    given: dict[str, Any] = {
        "title": "关于开展调查的通知",
        "is_document": True,
        "document_number": "温统〔2020〕12号",
        "formed_on": date(2020, 11, 20),
        "issuer": "温州市统计局",
        "basis": "条例第二十条第（一）项",
        "topic": "统计",
        "openness": "主动公开",
    }
    return Subject(Metadata(**{**given, **changes}))


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"title": " "}, ["META-MISSING"]),
        ({"issuer": "", "topic": ""}, ["META-MISSING", "META-MISSING"]),
        ({"document_number": ""}, ["META-MISSING"]),
        ({"openness": "依申请公开"}, ["META-OPENNESS"]),
        ({"document_number": "温统〔2019〕12号"}, ["META-NUMBER-YEAR"]),
        ({"document_number": "温统[2020]012号"}, []),
        ({"document_number": "温统（２０２０） 12 号"}, []),
        ({"document_number": "国家统计局令第35号"}, []),
        ({"document_number": "温统2020-12"}, ["META-NUMBER"]),
        ({"formed_on": date(2020, 11, 3)}, []),  # the twentieth working day is 1 December
        ({"formed_on": date(2020, 11, 2)}, ["META-LATE"]),
        ({"formed_on": date(2020, 11, 2), "published_on": date(2020, 11, 30)}, []),
        ({"formed_on": date(2020, 10, 9), "limit": None}, []),
        ({"formed_on": date(2020, 11, 19), "limit": LimitKind.PERMIT_OR_PENALTY_PUBLICATION}, ["META-LATE"]),
        ({"formed_on": date(2020, 12, 2)}, ["META-DATES"]),
        ({"effective_on": date(2020, 11, 1)}, ["META-DATES"]),
        ({"effective_on": date(2021, 1, 1), "expires_on": date(2020, 12, 31)}, ["META-DATES"]),
        ({"effective_on": date(2021, 1, 1), "expires_on": date(2025, 12, 31)}, []),
        (
            {"formed_on": date(2015, 1, 8), "document_number": "温统〔2015〕1号", "expires_on": date(2020, 1, 7)},
            ["META-DATES"],
        ),
    ],
)
def test_particulars(changes: dict[str, Any], rules: list[str]) -> None:
    assert [each.rule for each in found(document(**changes))] == rules


def test_an_article_needs_fewer_particulars() -> None:
    assert found(Subject(METADATA)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("温统〔2020〕13号", True),
        ("温统〔2020〕 12号", False),
        ("根据国统字〔2019〕33号，现通知如下", False),  # cited, not its own
    ],
)
def test_the_texts_own_number_is_that_of_the_page(text: str, told: bool) -> None:
    subject = Subject(document().metadata, (Passage("正文第1段", text),))
    assert [each.rule for each in found(subject)] == (["META-NUMBER-TEXT"] if told else [])


# --- Pictures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("", True),
        ("图片", True),
        ("IMG_0012", True),
        ("照片1", True),
        ("会议.jpg", True),
        ("培训会现场，六十余人在听讲", False),
    ],
)
def test_pictures_without_words(alt: str, told: bool) -> None:
    subject = Subject(METADATA, pictures=(Picture("正文第2段的图片", alt, "a.jpg"),))
    assert [each.rule for each in found(subject)] == (["ALT-MISSING"] if told else [])


def a_photograph(**tags: Any) -> bytes:
    exif = Image.Exif()
    if tags.get("gps"):
        exif.get_ifd(0x8825).update({1: "N", 2: (28.0, 0.0, 41.5), 3: "E", 4: (120.0, 41.0, 0.0)})
    if artist := tags.get("artist"):
        exif[0x013B] = artist
    if comment := tags.get("comment"):
        exif[0x9C9C] = comment.encode("utf-16-le") + b"\x00\x00"
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (a_photograph(), set()),
        (a_photograph(gps=True), {"IMAGE-GPS"}),
        (a_photograph(artist="Zhang San"), {"IMAGE-AUTHOR"}),
        (a_photograph(comment="张三 13812345678"), {"PERSONAL-MOBILE"}),
        (b"not a picture", {"IMAGE-UNREADABLE"}),
        (a_photograph()[:30], {"IMAGE-UNREADABLE"}),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", set()),
    ],
    ids=["plain", "gps", "artist", "comment", "no picture", "cut", "svg"],
)
def test_what_a_photograph_tells(data: bytes, rules: set[str], of_file: Callable[[str, bytes], list[Finding]]) -> None:
    subject = Subject(METADATA, pictures=(Picture("图1", "培训会现场", "a.jpg", lambda: data),))
    assert {each.rule for each in found(subject)} == rules
    if rules and "IMAGE-UNREADABLE" not in rules:
        assert {each.rule for each in of_file("a.jpg", data)} == rules, "attached as well as shown"


def test_words_in_a_png_are_read() -> None:
    words = PngInfo()
    words.add_text("Comment", "手机13812345678")
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG", pnginfo=words)
    subject = Subject(METADATA, pictures=(Picture("图1", "培训会现场", "a.png", out.getvalue),))
    assert {each.rule for each in found(subject)} == {"PERSONAL-MOBILE"}


def test_a_picture_that_is_gone_is_a_finding() -> None:
    def gone() -> bytes:
        raise FileNotFoundError

    subject = Subject(METADATA, pictures=(Picture("图1", "培训会现场", "a.png", gone),))
    assert {each.rule for each in found(subject)} == {"IMAGE-UNREADABLE"}


# --- All together ------------------------------------------------------------------------------------


def test_a_flood_of_one_fault_is_told_in_a_few_lines_that_cover_all() -> None:
    def flood(last: str) -> list[Finding]:
        numbers = [f"138{number:08d}" for number in range(300)] + [last]
        return found(Subject(METADATA, tuple(Passage(f"第{n}段", number) for n, number in enumerate(numbers))))

    once, again = flood("13900000001"), flood("13900000002")
    assert len(once) == 21
    assert "另有 281 处" in once[-1].message
    assert once[-1].severity is Severity.BLOCK
    assert once[-1].key != again[-1].key, "letting the rest pass lets nothing else pass"


def test_blocking_findings_come_first_and_keep_the_order_of_the_text() -> None:
    passages = (Passage("第1段", "认真布署"), Passage("第2段", "13812345678"), Passage("第3段", "13912345678"))
    assert [each.place for each in found(Subject(METADATA, passages), words=WORDS)] == ["第2段", "第3段", "第1段"]


def test_a_finding_keeps_its_key_when_paragraphs_move() -> None:
    first = found(Subject(METADATA, (Passage("第1段", "13812345678", "block-7"),)))
    moved = found(Subject(METADATA, (Passage("第1段", "新的一段", "x"), Passage("第2段", "13812345678", "block-7"))))
    assert [each.key for each in first] == [each.key for each in moved]


def test_personal_data_in_the_title_and_in_a_files_name_are_found(
    item: Callable[..., Subject], settings: Settings
) -> None:
    titled = Subject(Metadata("关于13812345678的通知", openness="主动公开"))
    assert [each.place for each in found(titled)] == ["标题"]
    (named,) = examine(item(files={"张三13812345678.txt": b"x"}), settings)
    assert named.rule == "PERSONAL-MOBILE"
    assert "13812345678" not in named.place
