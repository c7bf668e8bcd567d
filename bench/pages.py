"""The public pages of the portal, uncached, with 20,000 items: the time of each against a bare Wagtail page.

Ours: home, a list and an article, from the WSGI environment to the last byte of the response. Theirs: a page of Wagtail
with our own text in one rich text field, at the same depth of its tree, of equal size to the byte, with the same
middleware in the same process. Besides, what each page asks of the database, and whether the lists of the home page are
read off their indexes: then it is as fast with a hundred times as many items.

On PostgreSQL run it as ``python scripts/with_postgres.py python -m bench.pages``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.database import installation, settle, vendor
from bench.measure import Measured, in_turns, run

LIMIT = 1.3
_PAGES = {"home": "/", "list": "/gzdt/sjdt/", "article": "/art/{item}.html"}
_BARE = {"home": "/bare/", "list": "/bare/list/", "article": "/bare/list/article/"}
# A project of its own: ours with one more app, that has a page of Wagtail and nothing else.
_PROJECT = {
    "bare/__init__.py": "",
    "bare/settings.py": "from gongkai.project.settings import *\n"
    "INSTALLED_APPS = [*INSTALLED_APPS, 'bare']\nROOT_URLCONF = 'bare.urls'\n"
    "ALLOWED_HOSTS = ['*']\nTEMPLATES[0]['DIRS'] = [{templates!r}]\n",
    "bare/urls.py": "from django.urls import include, path\nfrom wagtail import urls as wagtail_urls\n"
    "urlpatterns = [path('bare/', include(wagtail_urls)), path('', include('gongkai.project.urls'))]\n",
    "bare/models.py": "from wagtail.fields import RichTextField\nfrom wagtail.models import Page\n\n\n"
    "class BarePage(Page):\n    body = RichTextField()\n    template = 'bare.html'\n",
    "bare/migrations/__init__.py": "",
    "bare/migrations/0001_initial.py": "import django.db.models.deletion\nimport wagtail.fields\n"
    "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
    "    dependencies = [('wagtailcore', '__latest__')]\n    operations = [migrations.CreateModel('BarePage', [\n"
    "        ('page_ptr', models.OneToOneField('wagtailcore.Page', django.db.models.deletion.CASCADE,\n"
    "         auto_created=True, parent_link=True, primary_key=True, serialize=False)),\n"
    "        ('body', wagtail.fields.RichTextField())], bases=('wagtailcore.page',))]\n",
    "templates/bare.html": "{% load wagtailcore_tags %}{{ page.body|richtext }}",
}


def measure(*, quick: bool = False) -> Iterator[Measured]:
    items, rounds = (200, 3) if quick else (20_000, 60)
    with installation(_prepare):
        from bench.items import fill

        last = fill(items)
        settle()
        ours = {name: path.format(item=last) for name, path in _PAGES.items()}
        sizes = _lay_bare({name: _get(path) for name, path in ours.items()})
        for name, path in ours.items():
            for _ in range(5):
                _get(path), _get(_BARE[name])
            pair = in_turns(lambda path=path: _get(path), lambda name=name: _get(_BARE[name]), rounds)  # type: ignore[misc]
            note = f"{pair.note}, {sizes[name]:,} bytes, {_queries(path)} : {_queries(_BARE[name])} queries"
            yield Measured(f"pages: {name}, {items:,} items on {vendor()}", pair.ratio, LIMIT, note=note)
        slow = [line for line in _plans(ours["home"]) if _reads_all(line)]
        yield Measured(
            f"pages: lists of the home page not off an index on {vendor()}", len(slow), 0, "", "; ".join(slow)[:200]
        )


def _prepare(folder: Path) -> str:
    """Write the project that has the bare page; the name of its settings."""
    for name, text in _PROJECT.items():
        place = folder / "bench" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        templates = str(folder / "bench" / "templates")
        place.write_text(text.replace("{templates!r}", repr(templates)), "utf-8")
    sys.path.insert(0, str(folder / "bench"))
    return "bare.settings"


def _lay_bare(pages: dict[str, bytes]) -> dict[str, int]:
    """Pages of Wagtail with the same text as ours at /bare/, /bare/list/ and /bare/list/article/."""
    from bare.models import BarePage  # type: ignore[import-not-found]
    from wagtail.models import Page, Site

    above = Page.get_first_root_node()
    for name, content in pages.items():
        above = above.add_child(
            instance=BarePage(title=name, slug="bare" if name == "home" else name, body=content.decode())
        )
        if name == "home":
            Site.objects.all().delete()
            Site.objects.create(hostname="localhost", root_page=above, is_default_site=True)
    sizes = {name: len(_get(path)) for name, path in _BARE.items()}
    for name, content in pages.items():
        if abs(sizes[name] - len(content)) > len(content) // 50:
            raise SystemExit(f"{name}: the bare page has {sizes[name]} bytes, ours {len(content)}")
    return sizes


def _handler() -> Callable[..., Any]:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


_application: list[Callable[..., Any]] = []


def _get(path: str) -> bytes:
    """The body of a page, as a web server would ask for it. ``SystemExit`` when it is not there."""
    from io import BytesIO

    if not _application:
        _application.append(_handler())
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    response = _application[0](environ, lambda code, headers: status.append(code))
    content = b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise SystemExit(f"{path}: {status[0]}")
    return content


def _captured(path: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _get(path)
    return [query["sql"] for query in captured.captured_queries]


def _queries(path: str) -> int:
    return len(_captured(path))


def _plans(path: str) -> Iterator[str]:
    """What the database says of the queries of a page that read publications, line by line."""
    from django.db import connection

    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    for sql in _captured(path):
        if "portal_publication" in sql:
            with connection.cursor() as cursor:
                cursor.execute(explain + sql)
                yield from (str(row[-1]).strip() for row in cursor.fetchall())


def _reads_all(line: str) -> bool:
    """Whether a line of a plan reads a whole table or sorts what it has read."""
    return (
        line.startswith(("SCAN portal_publication", "USE TEMP B-TREE FOR ORDER BY"))
        or "Seq Scan on portal_publication" in line
    )


if __name__ == "__main__":
    sys.exit(run(measure))
