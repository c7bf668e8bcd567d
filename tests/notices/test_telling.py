"""Who is told what: once, when it is meant, and no longer than it matters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau.models import User
from gongkai.notices import queries
from gongkai.notices.models import Channel, Delivery, Notice, Preference
from gongkai.notices.services import mark_read, notify, settle

KEY = "duty:12:2020-03-02:due"


def tell(*people: User, key: str = KEY, subject: str = "栏目“统计数据”今天应当更新", **more: Any) -> int:
    return notify(people, subject, "最近一次更新是 2020 年 2 月 3 日。", url="/admin/", key=key, **more)


def test_everybody_named_is_told_once_however_often_they_are_named(keeper: User, deputy: User) -> None:
    assert tell(keeper, deputy, keeper) == 2
    assert tell(keeper, deputy) == 0
    assert tell(keeper, deputy, key="duty:12:2020-03-02:late") == 2
    assert [notice.key for notice in queries.unread(keeper)] == ["duty:12:2020-03-02:late", KEY]
    assert Delivery.objects.filter(channel=Channel.EMAIL).count() == 4


def test_somebody_who_joins_later_is_told_and_the_others_are_not_told_again(keeper: User, deputy: User) -> None:
    tell(keeper)
    assert tell(keeper, deputy) == 1
    assert queries.unread_count(keeper) == queries.unread_count(deputy) == 1


_PARTS = st.sampled_from(["duty", "12", "120", "due", "Duty", "a_b", "aXb"])
_KEYS = st.lists(_PARTS, min_size=1, max_size=3).map(":".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(keys=st.lists(_KEYS, max_size=12), done=_KEYS)
def test_a_key_is_told_once_and_settling_takes_exactly_what_is_below_it(
    keeper: User, keys: list[str], done: str
) -> None:
    with transaction.atomic():
        told = sum(tell(keeper, key=key) for key in keys)
        assert told == len(set(keys)) == Notice.objects.count()
        below = {key for key in keys if f"{key}:".startswith(f"{done}:")}
        assert settle(done) == len(below)
        assert {notice.key for notice in queries.unread(keeper)} == set(keys) - below
        assert settle(f"{done}:") == 0, "once"
        transaction.set_rollback(True)


def test_what_a_transaction_takes_back_was_never_told(keeper: User) -> None:
    def fail() -> None:
        with transaction.atomic():
            tell(keeper)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Notice.objects.count() == Delivery.objects.count() == 0


def test_nobody_sees_a_notice_before_its_time(keeper: User) -> None:
    morning = timezone.now() + timedelta(hours=8)
    tell(keeper, not_before=morning)
    assert queries.counts(keeper) == queries.Counts(0, 0, 0)
    assert mark_read(keeper) == 0
    assert [notice.key for notice in queries.unread(keeper, morning)] == [KEY]
    assert Delivery.objects.get().next_try_at == morning


def test_one_reads_only_ones_own_notices(keeper: User, deputy: User) -> None:
    tell(keeper, deputy)
    tell(keeper, key="other")
    notice = Notice.objects.get(recipient=keeper, key=KEY)
    assert mark_read(deputy, [notice.pk]) == 0
    assert mark_read(keeper, [notice.pk]) == 1
    assert mark_read(keeper, [notice.pk]) == 0
    assert queries.counts(keeper) == queries.Counts(2, 1, 0)
    assert queries.counts(deputy) == queries.Counts(1, 1, 0)
    assert mark_read(keeper) == 1


def test_who_left_is_not_told(keeper: User) -> None:
    keeper.is_active = False
    assert tell(keeper) == 0
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("email", "sms", "mobile", "address", "urgent", "goes"),
    [
        (None, None, "", "a@b.cn", False, {"email"}),
        (None, None, "", "", False, set()),
        ("none", "urgent", "13800000000", "a@b.cn", False, set()),
        ("none", "urgent", "13800000000", "a@b.cn", True, {"sms"}),
        ("urgent", "all", "13800000000", "a@b.cn", False, {"sms"}),
        ("urgent", "all", "13800000000", "a@b.cn", True, {"email", "sms"}),
        ("all", "all", "", "a@b.cn", True, {"email"}),
    ],
)
def test_a_notice_goes_out_as_the_person_chose(
    keeper: User, email: str | None, sms: str | None, mobile: str, address: str, urgent: bool, goes: set[str]
) -> None:
    keeper.email = address
    keeper.save()
    if email and sms:
        Preference.objects.create(user=keeper, email=email, sms=sms, mobile=mobile)
    tell(keeper, urgent=urgent)
    assert set(Delivery.objects.values_list("channel", flat=True)) == goes
    assert queries.unread_count(keeper) == 1, "the desk shows it in any case"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"key": "含中文"},
        {"key": "a::b"},
        {"key": "a" * 151},
        {"subject": " "},
        {"subject": "两\n行"},
        {"subject": "长" * 121},
        {"url": "https://elsewhere.example/"},
        {"url": "//elsewhere.example/"},
        {"url": "/\\elsewhere.example/"},
    ],
    ids=str,
)
def test_a_notice_that_could_not_be_kept_is_refused(keeper: User, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"notice|path"):
        notify([keeper], **{"subject": "标题", "text": "", "key": "a", **wrong})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="key"):
        settle("")


def test_telling_many_costs_as_much_as_telling_one(
    keeper: User, deputy: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [User.objects.create_user(f"u{n}", f"u{n}@tjj.example.cn") for n in range(30)]
    for told in ([keeper], people):
        with django_assert_num_queries(6):  # savepoint and its release, notices, which, choices, deliveries
            tell(*told)
    with django_assert_num_queries(1):
        assert queries.first_unread(keeper)
    with django_assert_num_queries(1):
        assert queries.counts(keeper).unread == 1
