"""Folders as an old site leaves them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import xlsxwriter
from PIL import Image

ARTICLE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}_示例市统计局</title>{meta}</head><body>
<div class="nav">您现在的位置：<a href="/">首页</a> &gt; <a href="/col/col11/index.html">工作动态</a> &gt;
<a href="/col/col12/index.html">市局动态</a> &gt; 正文</div>
<table class="xxgk"><tr><td>索引号：</td><td>{index}</td><td>文号</td><td></td></tr></table>
<h1>{title}</h1><p>发布日期：{day} 来源：综合核算处 浏览次数：12</p>
<div id="zoom"><!--ZJEG_RSS.content.begin-->{body}<!--ZJEG_RSS.content.end--></div>
<script>var x = 1;</script></body></html>"""
COLUMN = """<html><head><title>{name}</title><meta name="ColumnName" content="{name}"></head>
<body><div>当前位置：首页 &gt; 工作动态 &gt; {name}</div>{links}</body></html>"""


def picture(size: tuple[int, int] = (80, 60)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "#0b4a8f").save(buffer, "PNG")
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("任务表").write_row(0, 0, ["任务", "时限"])
    return buffer.getvalue()


def write(folder: Path, files: dict[str, str | bytes], encoding: str = "gb18030") -> Path:
    """Write files by their addresses."""
    for address, content in files.items():
        path = folder / address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return folder


def article(title: str, body: str, *, day: str = "2018-03-02 09:30", meta: str = "", index: str = "") -> str:
    return ARTICLE.format(title=title, body=body, day=day, meta=meta, index=index)


def site(folder: Path) -> Path:
    """A small site below its host: three articles, one of which has an identity number in it; a column; no article."""
    return write(
        folder / "tjj.example.gov.cn",
        {
            "/index.html": "<html><title>示例市统计局</title><body><a href='/col/col12/index.html'>动态</a></body>",
            "/col/col12/index.html": COLUMN.format(
                name="市局动态", links="<a href='../../art/2018/3/2/art_12_1.html'>一</a>"
            ),
            "/art/2018/3/2/art_12_1.html": article(
                "全市统计工作会议召开",
                "<p>会议总结了上一年的工作。</p><p><img src='/picture/0/1.png' alt='会场'></p>"
                "<p><a href='/module/download/downfile.jsp?classid=0&amp;filename=180302.xlsx'>任务表.xlsx</a></p>",
                index="000000000/2018-00007",
            ),
            "/art/2018/4/5/art_12_2.html": article(
                "统计开放日活动", "<p>活动详情见<a href='../../3/2/art_12_1.html'>前文</a>。</p>", day="2018年4月5日"
            ),
            "/art/2019/5/6/art_12_3.html": article(
                "补助对象名单", "<p>张三，身份证号330302199002280015。</p>", day="2019-05-06"
            ),
            "/picture/0/1.png": picture(),
            "/module/download/downfile.jsp?classid=0&filename=180302.xlsx": workbook(),
        },
    ).parent
