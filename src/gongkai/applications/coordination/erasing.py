"""What bodies wrote to each other about an application goes when the applicant's data goes; what was agreed stays."""

from __future__ import annotations

from ..keeping import Cover, OfCase
from ..models import Application
from .models import Asked, Coordination, PassedOn

_TEXTS = {"question": "", "shown": "", "conclusion": "", "dispute": ""}
_ANSWERS = {"people": "", "opinion": "", "basis": ""}


def _erase(application: Application, cover: Cover) -> None:
    Coordination.objects.filter(application=application).update(**_TEXTS)
    Asked.objects.filter(coordination__application=application).update(**_ANSWERS)
    PassedOn.objects.filter(application=application).update(consent="")


RECORD = OfCase("会商：会商事项、意见、参加人员、结论，转送的同意记录", "清除，留公开属性和日期", _erase)
