"""The tables of disclosure on application: applications and applicants, their papers, who looked at them."""

from gongkai.law.receipt import Channel

from .application import CHANNELS, Applicant, ApplicantKind, Application, Assignment, Stage, Status
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
    "Evidence",
    "FileKind",
    "Letter",
    "Stage",
    "Status",
]
