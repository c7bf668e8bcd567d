"""Tables of this room."""

from .handling import Access, Answer, Arrival, Draft, SavedList
from .inquiry import Asker, Closing, Inquiry, InvalidGround, PrivateReason, Rating, Source, Stage, Status

__all__ = [
    "Access",
    "Answer",
    "Arrival",
    "Asker",
    "Closing",
    "Draft",
    "Inquiry",
    "InvalidGround",
    "PrivateReason",
    "Rating",
    "SavedList",
    "Source",
    "Stage",
    "Status",
]
