"""WeChat of the demonstration: an imitation of its server on this machine, and an account that is connected to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.channels.wechat.imitation import Account, World, serving

CONNECTED = "温州统计"
APPID, SECRET = "wx-demo", "demo-secret"  # of the imitation, which knows no other
FOLLOWERS = 3_867


@contextmanager
def imitated() -> Iterator[None]:
    """As long as this context, the program's WeChat is an imitation; what it keeps is gone afterwards."""
    with serving(World({APPID: Account(SECRET, followers=FOLLOWERS)})) as base:
        os.environ["GONGKAI_WECHAT_URL"] = base
        yield


def fill(agency_code: str) -> None:
    """Connect one account, leave the other to people, and show the press conference on the site; once."""
    from gongkai.bureau.models import User
    from gongkai.channels.models import Channel, Kind, Mode, PressConference, WechatAccount
    from gongkai.channels.records import show_conference

    from .organisation import LEADER

    for channel in Channel.objects.filter(agency__code=agency_code, kind=Kind.WECHAT):
        connected = channel.name == CONNECTED
        WechatAccount.objects.get_or_create(
            channel=channel,
            defaults={
                "mode": Mode.INTERFACE if connected else Mode.BY_HAND,
                "appid": APPID if connected else "",
                "secret": SECRET if connected else "",
                "author": "温州市统计局",
            },
        )
    leader = User.objects.get(username=LEADER)
    for conference in PressConference.objects.filter(agency__code=agency_code, is_public=False):
        show_conference(conference, True, user=leader)
