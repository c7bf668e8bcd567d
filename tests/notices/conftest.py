"""A bureau with two members of staff."""

from __future__ import annotations

import pytest

from gongkai.bureau.models import Agency, User


@pytest.fixture
def keeper(agency: Agency) -> User:
    return User.objects.create_user("keeper", "keeper@tjj.example.cn", agency=agency, last_name="季", first_name="文")


@pytest.fixture
def deputy(agency: Agency) -> User:
    return User.objects.create_user("deputy", "deputy@tjj.example.cn", agency=agency)
