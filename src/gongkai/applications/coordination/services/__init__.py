"""The verbs of 会商: each one transaction that appends an event and moves the clock of the case along."""

from .acting import case_of, digest_of, side_of
from .answering import add_answer_file, draft_opinion, end_wait, give_opinion, record_opinion, return_opinion
from .asking import Whom, answer_limit, ask, open_coordination, share, whom_of
from .ending import conclude, disagree, end, escalate, send_back, sign_off

__all__ = [
    "Whom",
    "add_answer_file",
    "answer_limit",
    "ask",
    "case_of",
    "conclude",
    "digest_of",
    "disagree",
    "draft_opinion",
    "end",
    "end_wait",
    "escalate",
    "give_opinion",
    "open_coordination",
    "record_opinion",
    "return_opinion",
    "send_back",
    "share",
    "side_of",
    "sign_off",
    "whom_of",
]
