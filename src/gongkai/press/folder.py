"""Where the press keeps its files, and which file an address is served from."""

from pathlib import Path, PurePosixPath

from django.conf import settings

INDEX = "index.html"


def live() -> Path:
    """The tree that is served."""
    return Path(settings.HOME) / "press" / "live"


def file_of(tree: Path, path: str) -> Path:
    """The file in `tree` that answers the address `path`.

    Raises ValueError for an address that is not absolute or would leave the tree.
    """
    if not path.startswith("/") or ".." in PurePosixPath(path).parts:
        raise ValueError(f"不是本站的地址：{path}")
    relative = path.lstrip("/")
    return tree / (f"{relative}{INDEX}" if path.endswith("/") else relative)


def address_of(tree: Path, file: Path) -> str:
    """The address that `file` in `tree` answers."""
    relative = file.relative_to(tree).as_posix()
    if relative == INDEX or relative.endswith(f"/{INDEX}"):
        relative = relative.removesuffix(INDEX)
    return f"/{relative}"
