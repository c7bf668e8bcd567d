"""What each verb asks for. A form knows the case, who asks and the law: it offers only what may be chosen."""

from .base import At, DayForm, VerbForm
from .clock import AnswerForm, CorrectedForm, FeeForm, ReasonsForm
from .evidence import EvidenceForm, SearchForm
from .papers import ReturnForm, ReviewForm, SendForm, ServiceForm, SignForm
from .work import ArchiveForm, AssignForm, ConfirmForm, LinkForm, MergeForm, ReturnAssignmentForm

__all__ = [
    "AnswerForm",
    "ArchiveForm",
    "AssignForm",
    "At",
    "ConfirmForm",
    "CorrectedForm",
    "DayForm",
    "EvidenceForm",
    "FeeForm",
    "LinkForm",
    "MergeForm",
    "ReasonsForm",
    "ReturnAssignmentForm",
    "ReturnForm",
    "ReviewForm",
    "SearchForm",
    "SendForm",
    "ServiceForm",
    "SignForm",
    "VerbForm",
]
