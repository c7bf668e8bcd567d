"""不属于本机关: the right body is proposed and told; a request is passed on only with consent."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gongkai.applications.coordination.directory import contact_of, pass_on, propose, search, tell
from gongkai.applications.coordination.models import OtherBody, PassedOn
from gongkai.applications.models import Applicant, Application, Evidence
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry
from gongkai.notices.models import Notice

from ..cases import PERSON
from ..matters_world import DAY, WANTED, signed_in

CONSENT = "2025年6月9日电话征得同意"


@pytest.fixture
def housing(world: SimpleNamespace) -> OtherBody:
    return OtherBody.objects.create(
        agency=world.city.agency,
        name="温州市住房和城乡建设局",
        telephone="0577-88000000",
        address="学院中路",
        keywords="房价、商品房、房屋网签",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("瑞安市统计局2023年粮食面积", "瑞安市统计局"),
        ("瑞安市2023年粮食播种面积", "瑞安市统计局"),
        ("2023年商品房网签均价", "温州市住房和城乡建设局"),
        ("请公开房价", "温州市住房和城乡建设局"),
    ],
)
def test_a_body_is_proposed_by_what_is_asked(world: SimpleNamespace, housing: OtherBody, text: str, name: str) -> None:
    found = propose(world.city.agency, text)
    assert found[0].body.name == name
    assert found[0].why


@pytest.mark.parametrize("text", ["", "粮食播种面积", "，。"])
def test_nobody_is_proposed_for_no_reason(world: SimpleNamespace, housing: OtherBody, text: str) -> None:
    assert propose(world.city.agency, text) == []


def test_the_directory_is_searched_by_words(world: SimpleNamespace, housing: OtherBody) -> None:
    assert [each.body.name for each in search(world.city.agency, "住房 网签")] == ["温州市住房和城乡建设局"]
    assert len(search(world.city.agency, "")) == 2
    assert search(world.county.agency, "住房") == [], "a list is its agency's own"


def test_what_the_applicant_is_told_goes_on_file(world: SimpleNamespace, housing: OtherBody) -> None:
    tell(world.application, DAY, housing, actor=world.city.handler)
    assert Evidence.objects.get().text == "温州市住房和城乡建设局，地址：学院中路，电话：0577-88000000"
    assert Application.objects.count() == 1, "nothing is passed on silently"


def test_with_consent_the_right_body_of_the_installation_gets_it_as_a_case(world: SimpleNamespace) -> None:
    passed = pass_on(world.application, DAY, world.county.agency, CONSENT, actor=world.city.handler)
    received = passed.received
    assert (received.agency, received.received_on, received.requested) == (world.county.agency, DAY, WANTED)
    assert received.applicant.name == PERSON.name
    assert received.applicant_id != world.application.applicant_id
    assert Evidence.objects.get().kind == "other_body"
    assert Notice.objects.filter(recipient=world.county.clerk).exists()
    with pytest.raises(NotPermittedError, match="已经转送过"):
        pass_on(world.application, DAY, world.county.agency, CONSENT, actor=world.city.handler)
    told = " ".join(Entry.objects.values_list("payload", flat=True))
    assert [w for w in (PERSON.name, CONSENT, WANTED) if w in told] == []


def test_without_consent_nothing_is_passed_on(world: SimpleNamespace, housing: OtherBody) -> None:
    with pytest.raises(NotPermittedError, match="未经申请人同意"):
        pass_on(world.application, DAY, world.county.agency, " ", actor=world.city.handler)
    with pytest.raises(NotPermittedError, match="不在本系统中"):
        pass_on(world.application, DAY, housing, CONSENT, actor=world.city.handler)
    assert (PassedOn.objects.count(), Applicant.objects.count()) == (0, 1)


def test_the_page_proposes_tells_and_passes_on(world: SimpleNamespace, housing: OtherBody) -> None:
    client = signed_in(world.city.handler)
    address = f"/admin/coordination/case/{world.application.pk}/body/"
    page = client.get(address).content.decode()
    assert "瑞安市统计局" in page
    assert "住房" not in page
    assert "住房" in client.get(f"{address}?q=网签").content.decode()
    assert client.post(address, {"way": "tell"}).status_code == 422
    county = f"agency:{world.county.agency.pk}"
    kept = client.post(address, {"body": county, "way": "pass", "consent": ""})
    assert (kept.status_code, "未经申请人同意不能转送" in kept.content.decode()) == (422, True)
    refused = client.post(address, {"body": f"body:{housing.pk}", "way": "pass", "consent": CONSENT})
    assert (refused.status_code, CONSENT in refused.content.decode()) == (409, True)
    assert client.post(address, {"body": county, "way": "pass", "consent": CONSENT}).status_code == 302
    case = client.get(f"/admin/applications/{world.application.pk}/").content.decode()
    assert "已转送瑞安市统计局" in case
    assert signed_in(world.county.clerk).get(address).status_code == 404


def test_the_list_of_bodies_is_kept_by_its_agency(world: SimpleNamespace, housing: OtherBody) -> None:
    client = signed_in(world.city.clerk)
    new = {"name": "温州市农业农村局", "keywords": "农药", "postcode": "", "website": ""}
    assert client.get("/admin/coordination/bodies/").status_code == 200
    assert client.post("/admin/coordination/bodies/new/", {**new, "name": housing.name}).status_code == 422
    assert client.post("/admin/coordination/bodies/new/", new).status_code == 302
    one = f"/admin/coordination/bodies/{housing.pk}/"
    assert client.post(one, {**new, "name": "温州市住建局"}).status_code == 302
    assert client.post(one, {"delete": "1"}).status_code == 302
    assert list(OtherBody.objects.values_list("name", flat=True)) == ["温州市农业农村局"]
    left = OtherBody.objects.get()
    stranger = signed_in(world.county.clerk)
    assert stranger.get(f"/admin/coordination/bodies/{left.pk}/").status_code == 404
    assert signed_in(world.city.chief).get("/admin/coordination/bodies/new/").status_code == 302


def test_contacts_are_what_the_agency_says_of_itself(world: SimpleNamespace) -> None:
    assert contact_of(world.county.agency) == "瑞安市统计局，地址：瑞安市某路 1 号，电话：0577-65810000"
