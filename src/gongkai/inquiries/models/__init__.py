"""Tables of this room."""

from .handling import Access, Answer, Arrival, Draft, SavedList
from .inquiry import Asker, Closing, Inquiry, InvalidGround, PrivateReason, Rating, Source, Stage, Status
from .pieces import Faq, Interview, Opinion, Question, Survey, Use
from .reviewed import Reviewed, State

__all__ = [
    "Access",
    "Answer",
    "Arrival",
    "Asker",
    "Closing",
    "Draft",
    "Faq",
    "Inquiry",
    "Interview",
    "InvalidGround",
    "Opinion",
    "PrivateReason",
    "Question",
    "Rating",
    "Reviewed",
    "SavedList",
    "Source",
    "Stage",
    "State",
    "Status",
    "Survey",
    "Use",
]
