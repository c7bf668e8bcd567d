"""What differs between the served files and what was printed is found, whatever was done to them."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.press.findings import Kind
from gongkai.press.folder import address_of, file_of, live
from gongkai.press.manifest import Printed
from gongkai.press.verifying import compare

PAGES = {"/": b"home", "/tzgg/": b"list", "/sitemap.xml": b"map"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path, content in PAGES.items():
        file = file_of(tmp_path, path)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    return tmp_path


def printed() -> dict[str, Printed]:
    return {
        path: Printed(
            path,
            hashlib.sha256(content).hexdigest(),
            len(content),
            "text/html",
            datetime(2026, 1, 5, tzinfo=UTC),
            "",
            (),
            n,
        )
        for n, (path, content) in enumerate(PAGES.items())
    }


def test_untouched_pages_give_no_finding(tree):
    assert compare(tree, printed()) == []


def test_changed_missing_added_and_linked_files_are_found(tree):
    (tree / "index.html").write_bytes(b"hacked")
    (tree / "sitemap.xml").unlink()
    (tree / "bad.html").write_bytes(b"bad")
    (tree / "tzgg" / "index.html").unlink()
    (tree / "tzgg" / "index.html").symlink_to("/etc/passwd")
    assert {(f.kind, f.path) for f in compare(tree, printed())} == {
        (Kind.CHANGED, "/"),
        (Kind.CHANGED, "/tzgg/"),
        (Kind.MISSING, "/sitemap.xml"),
        (Kind.ADDED, "/bad.html"),
    }
    assert [f.path for f in compare(tree, printed(), ["/bad.html"])] == ["/bad.html"]


@pytest.mark.parametrize("path", [*PAGES, "/a/b/"])
def test_an_address_and_its_file_name_each_other(tmp_path, path):
    assert address_of(tmp_path, file_of(tmp_path, path)) == path


@pytest.mark.parametrize("path", ["tzgg/", "/../etc/passwd", "/a/../../b"])
def test_an_address_outside_the_tree_is_refused(tmp_path, path):
    with pytest.raises(ValueError, match="不是本站的地址"):
        file_of(tmp_path, path)


def test_the_served_tree_lies_in_the_folder_of_the_installation(settings, tmp_path):
    settings.HOME = tmp_path
    assert live() == tmp_path / "press" / "live"
