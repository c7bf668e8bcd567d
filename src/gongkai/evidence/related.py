"""What cases and disputes give each other through here: the button 证据包 on their pages; what is erased together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from gongkai.applications.models import Application
    from gongkai.applications.related import Button
    from gongkai.bureau.models import User
    from gongkai.disputes.models import Dispute
    from gongkai.disputes.related import Button as DisputeButton


def of_application(application: Application, user: User) -> list[Button]:
    """For those who may take it; only a case that somebody disputes needs one at hand."""
    from gongkai.applications.related import Button
    from gongkai.disputes.models import Dispute

    from .access import may_take

    if not may_take(user, application) or not Dispute.objects.filter(application=application).exists():
        return []
    return [Button("证据包", reverse("evidence:bundle", args=[application.pk]))]


def of_dispute(dispute: Dispute, user: User) -> list[DisputeButton]:
    """For those who may take it, where the application is registered here."""
    from gongkai.disputes.related import Button

    from .access import may_take

    if dispute.application is None or not may_take(user, dispute.application):
        return []
    return [Button("证据包", reverse("evidence:bundle", args=[dispute.application_id]))]


def register() -> None:
    """Told once, when the program starts."""
    from gongkai.applications.related import register_buttons
    from gongkai.disputes.related import register_buttons as register_for_disputes

    register_buttons(of_application)
    register_for_disputes(of_dispute)
    register_erasing()


def register_erasing() -> None:
    """Disputes are erased with the cases that they hang on, on the schedule of applications."""
    from gongkai.applications import keeping
    from gongkai.disputes import erasing
    from gongkai.law.retention import Kept

    what, becomes = "复议诉讼：请求和理由、备注、各项材料", "清除，材料留摘要"
    keeping.register(keeping.OfCase(what, becomes, erasing.erase_of, held=erasing.held))
    keeping.register(
        keeping.Own(
            "复议诉讼（申请不在本系统的）：请求和理由、备注、各项材料",
            "审结",
            becomes,
            lambda agency, cutoffs, today: erasing.erase_alone(agency, cutoffs[Kept.APPLICANT]),
        )
    )
