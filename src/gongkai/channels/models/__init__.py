"""Channels and what appeared there, what is on its way there, press conferences."""

from .channel import Adoption, Appearance, Channel, DailyReaders, Kind, Level, ReadsDefinition, SubscriberCount
from .press import PressConference, PressLink, PressQuestion
from .sending import MOVING, Mode, Sending, Status, Upload, WechatAccount

__all__ = [
    "MOVING",
    "Adoption",
    "Appearance",
    "Channel",
    "DailyReaders",
    "Kind",
    "Level",
    "Mode",
    "PressConference",
    "PressLink",
    "PressQuestion",
    "ReadsDefinition",
    "Sending",
    "Status",
    "SubscriberCount",
    "Upload",
    "WechatAccount",
]
