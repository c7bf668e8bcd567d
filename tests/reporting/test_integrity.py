"""Published reports are what the ledger says was published, whatever is done to the tables behind us."""

from __future__ import annotations

from hashlib import sha256

import pytest

from gongkai.bureau.models import Agency
from gongkai.reporting import services
from gongkai.reporting.integrity import altered
from gongkai.reporting.models import AnnualReport

from . import world
from .test_services import finished


@pytest.fixture
def published(year_2020: Agency) -> AnnualReport:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    return services.publish(year_2020, world.YEAR)


def test_what_was_published_is_intact(published: AnnualReport) -> None:
    assert altered(published.agency) == []


def test_a_change_is_found_even_with_its_digest_made_to_fit(published: AnnualReport) -> None:
    other = published.frozen.replace("2020", "2021")
    AnnualReport.objects.filter(pk=published.pk).update(frozen=other, digest=sha256(other.encode()).hexdigest())
    assert AnnualReport.objects.get().intact
    assert altered(published.agency) == ["2020 年度报告第 1 版：内容与发布时不同"]


def test_a_report_that_never_went_through_publishing_is_found(published: AnnualReport) -> None:
    AnnualReport.objects.bulk_create(
        [
            AnnualReport(
                agency=published.agency,
                year=2019,
                version=1,
                form_code="2019",
                state=published.state,
                frozen=published.frozen,
                digest=published.digest,
                published_at=published.published_at,
            )
        ]
    )
    assert altered(published.agency) == ["2019 年度报告第 1 版：台账里没有发布的记录"]


def test_a_published_report_that_is_gone_is_missed(published: AnnualReport) -> None:
    AnnualReport.objects.filter(pk=published.pk)._raw_delete(using="default")
    assert altered(published.agency) == ["2020 年度报告第 1 版：已发布的报告不见了"]
