"""The work of this room on a schedule; each part names its own."""

from __future__ import annotations

from .intake.tasks import INTAKE_JOBS

JOBS = (*INTAKE_JOBS,)
