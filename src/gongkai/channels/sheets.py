"""The worksheets of other channels: part of ``gongkai import publications``."""

from __future__ import annotations

from collections import defaultdict

from gongkai.bureau.models import Agency
from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of
from gongkai.sheets.journal import record_batch, some
from gongkai.sheets.saving import save_records

from .models import Adoption, Appearance, Channel, Kind, Level, PressConference, ReadsDefinition, SubscriberCount

_CHUNK = 2000

_KIND = Col(
    "kind",
    "渠道类别",
    "choice",
    required=True,
    choices=words_of(Kind),
    example="微信公众号",
    aliases=("渠道", "平台类别"),
)
_CHANNEL = Col(
    "channel",
    "渠道名称",
    required=True,
    max_length=60,
    width=18,
    example="示例公众号",
    help="公众号名称、公报名称或者媒体名称。",
    aliases=("账号名称", "公众号", "媒体名称", "媒体"),
)
_ADOPTIONS = {
    Level.NATIONAL: Col(
        "national",
        "国家级录用单位",
        max_length=200,
        width=18,
        help="转发录用这条信息的上级单位，如“国家统计局”；几个单位以顿号分开。",
        aliases=("国家级转发录用",),
    ),
    Level.PROVINCIAL: Col(
        "provincial",
        "省级录用单位",
        max_length=200,
        width=18,
        help="如“浙江省统计局”；没有的空着。",
        aliases=("省级转发录用",),
    ),
    Level.MUNICIPAL: Col(
        "municipal",
        "市级录用单位",
        max_length=200,
        width=18,
        help="如“市政府网站”；没有的空着。",
        aliases=("市级转发录用",),
    ),
}
_APPEARANCE = (
    Col(
        "published_on",
        "发布日期",
        "date",
        required=True,
        example="2020-11-01",
        aliases=("日期", "发布时间", "刊发日期"),
    ),
    _KIND,
    _CHANNEL,
    Col("title", "标题", required=True, max_length=300, width=50, example="示例：第七次全国人口普查今日零时开始登记"),
    Col(
        "issue",
        "期",
        max_length=40,
        help="公众号一次推送、公报一号为一期，写期号；没有的空着。",
        example="12",
        aliases=("期号", "期数"),
    ),
    Col("item", "条", "integer", low=1, high=99, help="这一期里的第几条。", example="1", aliases=("条次", "序位")),
    Col("url", "网址", max_length=500, width=30, aliases=("链接", "链接地址", "URL")),
    Col("reads", "阅读量", "integer", low=0, example="1520", aliases=("阅读数", "阅读次数", "点击量")),
    Col(
        "reads_definition",
        "阅读量口径",
        "choice",
        choices=words_of(ReadsDefinition),
        help="平台给出的是次数还是人数；空着的按“阅读次数”。",
        example="阅读次数",
    ),
    *_ADOPTIONS.values(),
)
_SUBSCRIBERS = (
    Col("counted_on", "统计日期", "date", required=True, example="2020-12-31", aliases=("日期",)),
    _KIND,
    _CHANNEL,
    Col(
        "count",
        "订阅数",
        "integer",
        required=True,
        low=0,
        example="3867",
        aliases=("关注量", "关注数", "粉丝数", "订阅量"),
    ),
)
_CONFERENCE = (
    Col("held_on", "日期", "date", required=True, example="2020-10-15", aliases=("发布会日期", "举办日期")),
    Col("topic", "主题", required=True, max_length=300, width=50, example="示例：全市经济运行情况新闻发布会"),
    Col("host", "主办单位", max_length=100, width=20, example="市政府新闻办"),
    Col("speakers", "发布人", max_length=300, width=24, example="局长"),
    Col("head_spoke", "主要负责人出席", "flag", example="是"),
    Col("summary", "内容摘要", width=50),
    Col("url", "网址", max_length=500, width=30, aliases=("链接", "URL")),
)


class _Channels:
    """The agency's channels, read once; those that a ledger names for the first time are made."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.known = {(c.kind, c.name): c.pk for c in Channel.objects.filter(agency=agency)}
        self.created: list[str] = []

    def find(self, kind: str, name: str) -> int:
        found = self.known.get((kind, name))
        if found is None:
            channel = Channel.objects.create(agency=self.agency, kind=kind, name=name)
            found = self.known[kind, name] = channel.pk
            self.created.append(f"{channel.get_kind_display()} {name}")
        return found

    def notes(self) -> list[str]:
        if not self.created:
            return []
        return [f"新建渠道 {len(self.created)} 个，请核对名称：{some(self.created)}。"]


def _load_appearances(batch: Batch) -> Tally:
    channels = _Channels(batch.agency)
    adoptions = _Adoptions(batch)

    def fields(row: Row) -> Values:
        values = row.values
        return {
            "channel_id": channels.find(values["kind"], values["channel"]),
            **{name: values[name] for name in ("title", "published_on", "issue", "item", "url", "reads")},
            "reads_definition": values["reads_definition"] or ReadsDefinition.TIMES.value,
        }

    tally = save_records(batch, Appearance, fields, also=adoptions.differ)
    adoptions.save()
    tally.notes += channels.notes()
    record_batch(batch, tally)
    return tally


def _adopters(values: Values) -> set[tuple[str, str]]:
    """The (level, body) pairs that a row names."""
    return {
        (level.value, name)
        for level, column in _ADOPTIONS.items()
        for part in values[column.code].replace("，", "、").replace(",", "、").replace("；", "、").split("、")
        if (name := part.strip())
    }


class _Adoptions:
    """What higher bodies took over, as the rows tell it, against what is on record."""

    def __init__(self, batch: Batch) -> None:
        self.agency = batch.agency
        self.saved: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        known = Adoption.objects.filter(appearance__agency=batch.agency)
        for pk, key, level, adopter in known.values_list("pk", "appearance__source_key", "level", "adopter"):
            self.saved[key or ""][level, adopter] = pk
        self.told = {row.key: told for row in batch.rows if (told := _adopters(row.values)) or row.key in self.saved}

    def differ(self, row: Row) -> bool:
        """Whether the adoptions of a row differ from those on record."""
        return self.told.get(row.key, set()) != self.saved.get(row.key, {}).keys()

    def save(self) -> None:
        """Make the record say what the rows tell; a constant number of queries for each 2,000 rows that differ."""
        differing = [key for key, told in self.told.items() if told != self.saved.get(key, {}).keys()]
        for start in range(0, len(differing), _CHUNK):
            keys = differing[start : start + _CHUNK]
            rows = Appearance.objects.filter(agency=self.agency, source_key__in=keys)
            ids = dict(rows.values_list("source_key", "pk"))
            gone = [pk for key in keys for pair, pk in self.saved.get(key, {}).items() if pair not in self.told[key]]
            Adoption.objects.filter(pk__in=gone).delete()
            Adoption.objects.bulk_create(
                [
                    Adoption(appearance_id=ids[key], level=level, adopter=adopter)
                    for key in keys
                    for level, adopter in sorted(self.told[key] - self.saved.get(key, {}).keys())
                ],
                batch_size=500,
            )


def _load_subscribers(batch: Batch) -> Tally:
    channels = _Channels(batch.agency)

    def fields(row: Row) -> Values:
        values = row.values
        return {
            "channel_id": channels.find(values["kind"], values["channel"]),
            "counted_on": values["counted_on"],
            "count": values["count"],
        }

    tally = save_records(batch, SubscriberCount, fields)
    tally.notes += channels.notes()
    record_batch(batch, tally)
    return tally


def _load_conferences(batch: Batch) -> Tally:
    tally = save_records(
        batch, PressConference, lambda row: {**row.values, "head_spoke": bool(row.values["head_spoke"])}
    )
    record_batch(batch, tally)
    return tally


BOOK = Book(
    "publications",
    "主动公开信息台账",
    (
        Sheet(
            "其他渠道",
            _APPEARANCE,
            _load_appearances,
            key=("kind", "channel", "published_on", "title"),
            notes=("〔其他渠道〕公众号、微博、公报、媒体上发布的，一条一行；期号相同的算同一期。",),
        ),
        Sheet(
            "订阅数",
            _SUBSCRIBERS,
            _load_subscribers,
            key=("kind", "channel", "counted_on"),
            notes=("〔订阅数〕年度报告取每个账号当年最后一次统计的数字，一般为 12 月 31 日。",),
        ),
        Sheet("新闻发布会", _CONFERENCE, _load_conferences, key=("held_on", "topic")),
    ),
)
