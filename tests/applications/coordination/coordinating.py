"""A 会商 on its way."""

from __future__ import annotations

from types import SimpleNamespace

from gongkai.applications.coordination import services
from gongkai.applications.coordination.models import Asked, Coordination, Form, Openness, Trigger
from gongkai.applications.coordination.services import Whom, case_of, whom_of

from ..matters_world import DAY

QUESTION = "该表由贵局制作，请说明能否公开及依据。"
SHOWN = "2023年分乡镇粮食播种面积"
OUTSIDE = Whom("温州市农业农村局", None, "鹿城区某路 3 号", "325000")


def opened(world: SimpleNamespace, form: Form = Form.LETTER) -> Coordination:
    return services.open_coordination(
        world.application,
        DAY,
        question=QUESTION,
        shown=SHOWN,
        trigger=Trigger.OTHER_MAKER,
        form=form,
        actor=world.city.handler,
    )


def asked(world: SimpleNamespace, coordination: Coordination | None = None) -> Asked:
    """The county is asked."""
    return services.ask(coordination or opened(world), DAY, whom_of(world.county.agency), actor=world.city.handler)


def drafted(world: SimpleNamespace, openness: Openness = Openness.ON_REQUEST) -> Asked:
    return services.draft_opinion(
        asked(world), DAY, openness, "由本局制作，已经公布。", "统计年鉴", actor=world.county.handler
    )


def given(world: SimpleNamespace, openness: Openness = Openness.ON_REQUEST) -> Asked:
    one = drafted(world, openness)
    return services.give_opinion(one, DAY, digest(one), actor=world.county.chief)


def digest(one: Asked) -> str:
    return case_of(one.coordination).organs[one.pk].digest
