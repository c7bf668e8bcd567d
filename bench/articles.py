"""Articles as a statistics bureau publishes them, by the vocabulary of the demonstration; the same seed, the same text.

Sentences are put together from the field's words, so that the frequent words stand in 40 to 99 of 100 articles and
pairs of characters are those of real texts. Middling and rare words come in now and then. Every fortieth article has
an attachment of some ten thousand characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.portal.search.index import Text, put
from gongkai.project.demo import words

# Two, three and four characters each.
WORDS = {
    "frequent": (
        *("人口", "企业", "管理", "数字", "统计局", "增加值", "城镇化", "可支配"),
        *("同比增长", "人口普查", "固定资产", "零售总额"),
    ),
    "middling": ("气象", "渔港", "托育", "养老院", "供应链", "农民工", "知识产权", "海洋经济", "营商环境"),
    "rare": ("盐田", "蚕桑", "溶洞", "榨菜厂", "气垫船", "古廊桥", "雨量观测", "石斛种植", "瓯绣工艺"),
}
_ATTACHED = 250  # sentences of an attachment
_SHARES = {"middling": 0.02, "rare": 0.0003}

_SENTENCES = (
    "前{month}个月，全市{monthly}{value}亿元，同比增长{rate}%，增幅比上月{direction}{points}个百分点。",
    "分行业看，{branch}{indicator}增长{rate}%，{branch}下降{rate}%，{direction}势头明显。",
    "{county}{meeting}，研究部署{subject}工作。",
    "市统计局{visit}，{department}负责人陪同。",
    "会议强调，要围绕{subject}，进一步{notice}，切实提高数据质量。",
    "{county}{monthly}增速居全市前列，{branch}企业拉动作用增强。",
    "根据《{law}》有关规定，现就{notice}有关事项通知如下。",
    "截至{month}月底，全市{indicator}{value}万，其中{county}占{rate}%。",
    "规模以上工业企业实现增加值{value}亿元，{branch}贡献率为{rate}%。",
    "常住人口{value}万人，与上年相比{direction}{points}万人，城镇化率为{rate}%。",
    "经济运行总体平稳，{monthly}{direction}，{indicator}符合预期。",
    "{department}要按照{law}的要求，认真{notice}，确保{subject}取得实效。",
)
_LISTS = {
    "county": words.COUNTIES,
    "department": words.DEPARTMENTS,
    "subject": words.SUBJECTS,
    "meeting": words.MEETINGS,
    "visit": words.VISITS,
    "notice": words.NOTICES,
    "monthly": words.MONTHLY,
    "branch": words.BRANCHES,
    "indicator": words.INDICATORS,
    "law": words.LAWS,
    "direction": ("回升", "回落", "提高", "增加", "减少"),
}
_TITLES = (
    "关于{notice}的通知",
    "{county}{meeting}",
    "市统计局{visit}",
    "{month}月全市{monthly}情况",
    "{county}{indicator}情况分析",
    "{subject}政策解读",
)
_KINDS = ("news", "notice", "document", "data", "interpretation")
_FIRST = datetime(2010, 1, 1, 9, tzinfo=timezone.get_fixed_timezone(480))


def fill(count: int) -> int:
    """Put ``count`` articles into an empty index; returns the agency. Part of the time is making them up."""
    agency = Agency.add_root(code="330300-tj", name="温州市统计局")
    with transaction.atomic():
        put(articles(count, agency.pk))
    return agency.pk


def articles(count: int, agency: int) -> Iterator[Text]:
    random = Random(711)
    for number in range(1, count + 1):
        moment = _FIRST + timedelta(minutes=(15 * 365 * 24 * 60 * number) // count)
        body = [_filled(random, random.choice(_SENTENCES)) for _ in range(random.randint(8, 24))]
        for frequency, share in _SHARES.items():
            body += [f"推进{word}发展。" for word in WORDS[frequency] if random.random() < share]
        random.shuffle(body)
        yield Text(
            agency_id=agency,
            kind="publication",
            object_id=number,
            url=f"/art/{moment:%Y/%m/%d}/art_{number}.html",
            title=_filled(random, random.choice(_TITLES)),
            published_at=moment,
            body="".join(body),
            attachments="".join(_filled(random, random.choice(_SENTENCES)) for _ in range(_ATTACHED))
            if number % 40 == 0
            else "",
            numbers=(f"温统〔{moment.year}〕{number % 200 + 1}号",) if number % 5 == 0 else (),
            column_id=number % 30 + 1,
            first_column_id=number % 9 + 101,
            item_type=_KINDS[number % 5],
            topic="统计",
            ended_on=moment.date() + timedelta(days=1825) if number % 4 == 0 else None,
        )


def _filled(random: Random, template: str) -> str:
    chosen = {name: random.choice(values) for name, values in _LISTS.items()}
    return template.format(
        month=random.randint(1, 12),
        value=random.randint(100, 99999) / 10,
        rate=random.randint(1, 300) / 10,
        points=random.randint(1, 50) / 10,
        **chosen,
    )
