"""Where an installation keeps its database, files and keys: the folder that ``GONGKAI_HOME`` names."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_HOME = Path("var/default")


def home() -> Path:
    """The folder of this installation as an absolute path; it need not exist yet."""
    return Path(os.environ.get("GONGKAI_HOME") or DEFAULT_HOME).expanduser().resolve()


def prepare(folder: Path) -> Path:
    """Create the folder of an installation; ``keys/`` is readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keys").mkdir(mode=0o700, exist_ok=True)
    for name in ("media", "static"):
        (folder / name).mkdir(exist_ok=True)
    return folder
