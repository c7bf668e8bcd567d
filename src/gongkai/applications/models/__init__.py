"""The tables of disclosure on application: applications and applicants, their papers, who looked at them."""

from gongkai.law.receipt import Channel

from .application import CHANNELS, Applicant, ApplicantKind, Application, Assignment, Stage, Status
from .intake import Delivery, HeldFile, IdType, Judgement, Provision, Submission, SuggestionUse
from .letters import Dispatch, LetterTemplate, NumberSeries
from .office import RetentionSchedule, SavedList
from .papers import Access, CaseFile, Evidence, FileKind, Letter

__all__ = [
    "CHANNELS",
    "Access",
    "Applicant",
    "ApplicantKind",
    "Application",
    "Assignment",
    "CaseFile",
    "Channel",
    "Delivery",
    "Dispatch",
    "Evidence",
    "FileKind",
    "HeldFile",
    "IdType",
    "Judgement",
    "Letter",
    "LetterTemplate",
    "NumberSeries",
    "Provision",
    "RetentionSchedule",
    "SavedList",
    "Stage",
    "Status",
    "Submission",
    "SuggestionUse",
]
