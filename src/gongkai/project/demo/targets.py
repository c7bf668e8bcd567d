"""What the demonstration year adds up to: the figures of the published 2020 report that the project starts from.

That report contradicts itself about applications (14 in the prose, 7 and 3 in table 三); the demonstration has 14.
"""

from __future__ import annotations

# The bureau's code.
BUREAU = "330300-tjj"
YEAR = 2020
SEED = 20200101
# Stands above the headings of every ledger and in every title that could be mistaken for a real one.
MARK = "演示数据"

# Publications on the site by kind; 2 interpretations; 419 that the report does not class.
PUBLISHED = {"overview": 19, "news": 427, "catalogue": 37, "interpretation": 2, "other": 419}

# Channel kind, name: items.
APPEARANCES = {
    ("wechat", "温州统计"): 47,
    ("wechat", "温州普查"): 64,
    ("gazette", "温州市人民政府公报"): 12,
    # The report gives 83 for the press as a whole and names these six.
    ("media", "中国信息报"): 11,
    ("media", "浙江日报"): 6,
    ("media", "浙江新闻APP"): 14,
    ("media", "温州日报"): 27,
    ("media", "温州都市报"): 13,
    ("media", "温州晚报"): 12,
}
ISSUES = {"温州普查": 34}
SUBSCRIBERS = {"温州统计": 3867, "温州普查": 6899}
# 超 3.3 万人次 for 温州统计; the report says nothing of 温州普查.
READS = {"温州统计": 33_412}
ADOPTIONS = {("national", "国家统计局"): 5, ("provincial", "浙江省统计局"): 13}

INQUIRIES = 51
PUBLIC_REPLIES = 43
# 77 days over 51 messages: 1.5 on average.
INQUIRY_DAYS = 77

PENALTY_ITEMS = 11
PENALTY_DECISIONS = 39
OTHER_SERVICES_BEFORE = 7
OTHER_SERVICES_NEW = 10
FEE_ITEMS = 1

APPLICATIONS = 14
