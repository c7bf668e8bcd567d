"""An imitation of WeChat's server over HTTP, for tests and the demonstration: what it accepts, refuses and counts.

It keeps everything in memory. What a test wants to go wrong it says with the attributes of :class:`World`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.parser import BytesParser
from email.policy import HTTP
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from .imitated import RefusedError, counting, picture_refused, refuse_article

ZONE = ZoneInfo("Asia/Shanghai")
LIFE = timedelta(seconds=7200)
OVERLAP = timedelta(minutes=5)  # how long the token before still works
FORCED_A_DAY, FORCED_APART = 20, timedelta(seconds=30)
_Body = dict[str, Any]


@dataclass
class Account:
    """What WeChat keeps of an account. ``tokens``: token and end of its life, the current one last."""

    secret: str
    followers: int = 0
    tokens: list[tuple[str, datetime]] = field(default_factory=list)
    forced: list[datetime] = field(default_factory=list)
    materials: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    drafts: dict[str, list[_Body]] = field(default_factory=dict)
    jobs: dict[str, _Body] = field(default_factory=dict)


@dataclass
class World:
    """The accounts, the time, and what is to go wrong.

    ``polls``: how often a publication is still under way when asked. ``outcome``: the publish_status that follows,
    ``fail_idx`` with it. ``refusals``: the errcode of a path. ``quota``: calls of a path that are left. ``lost``:
    paths whose answer does not arrive although it was done. ``calls`` tells what was asked.
    """

    accounts: dict[str, Account] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: datetime.now(ZONE)
    polls: int = 1
    outcome: int = 0
    fail_idx: list[int] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)
    quota: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    is_delayed: bool = False
    calls: list[str] = field(default_factory=list)
    base: str = ""
    _number: int = 0

    def next(self) -> int:
        self._number += 1
        return self._number

    # What is asked

    def answer(self, path: str, query: Mapping[str, str], body: Any) -> _Body:
        """The answer to a call. Raises :class:`RefusedError`."""
        self.calls.append(path)
        if path in self.refusals:
            raise RefusedError(self.refusals[path])
        if path == "/cgi-bin/stable_token":
            return self._stable_token(body)
        account = self._signed_in(query.get("access_token", ""))
        if self.quota.get(path, 1) <= 0:
            raise RefusedError(45009)
        if path in self.quota:
            self.quota[path] -= 1
        deed = _DEEDS.get(path)
        if deed is None:
            raise RefusedError(40066)
        return deed(self, account, query, body)

    def _stable_token(self, body: _Body) -> _Body:
        account = self.accounts.get(body.get("appid", ""))
        if account is None:
            raise RefusedError(40013)
        if body.get("secret") != account.secret:
            raise RefusedError(40001)
        now, force = self.now(), bool(body.get("force_refresh"))
        if force:
            today = [each for each in account.forced if now - each < timedelta(days=1)]
            if len(today) >= FORCED_A_DAY or (today and now - today[-1] < FORCED_APART):
                raise RefusedError(45011)
            account.forced = [*today, now]
        if account.tokens and not force:
            token, ends = account.tokens[-1]
            if now < ends - OVERLAP:  # renewed in its last five minutes
                return {"access_token": token, "expires_in": int((ends - now).total_seconds())}
        token = f"token-{self.next()}-".ljust(512, "x")
        account.tokens = [(old, min(end, now + OVERLAP)) for old, end in account.tokens[-1:]] + [(token, now + LIFE)]
        return {"access_token": token, "expires_in": int(LIFE.total_seconds())}

    def _signed_in(self, token: str) -> Account:
        for account in self.accounts.values():
            for known, ends in account.tokens:
                if known == token:
                    if self.now() >= ends:
                        raise RefusedError(42001)
                    return account
        raise RefusedError(40001)

    def _add_material(self, account: Account, query: Mapping[str, str], body: Any) -> _Body:
        name, content = body
        reason = picture_refused(content, name, query.get("type", ""))
        if reason:
            raise RefusedError(reason)
        key = f"media-{self.next()}"
        account.materials[key] = content
        account.pictures[key] = content
        return {"media_id": key, "url": f"{self.base}/pictures/{key}"}

    def _upload_image(self, account: Account, query: Mapping[str, str], body: Any) -> _Body:
        name, content = body
        reason = picture_refused(content, name, "body")
        if reason:
            raise RefusedError(reason)
        key = f"picture-{self.next()}"
        account.pictures[key] = content
        return {"url": f"{self.base}/pictures/{key}"}

    def _add_draft(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        for article in body["articles"]:
            refuse_article(article, account.materials, self.base)
        key = f"draft-{self.next()}"
        account.drafts[key] = list(body["articles"])
        return {"media_id": key}

    def _update_draft(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        articles = self._draft_of(account, body)
        refuse_article(body["articles"], account.materials, self.base)
        if body["index"] >= len(articles):
            raise RefusedError(40114)
        articles[body["index"]] = body["articles"]
        return {"errcode": 0, "errmsg": "ok"}

    def _get_draft(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        return {"news_item": self._draft_of(account, body)}

    def _delete_draft(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        account.drafts.pop(body["media_id"], None)
        return {"errcode": 0, "errmsg": "ok"}

    def _list_drafts(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        found = [{"media_id": key, "content": {"news_item": kept}} for key, kept in account.drafts.items()]
        return _page(found, body)

    def _draft_of(self, account: Account, body: _Body) -> list[_Body]:
        found = account.drafts.get(body["media_id"])
        if found is None:
            raise RefusedError(40007)
        return found

    def _submit(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        articles = self._draft_of(account, body)
        if any(job["media_id"] == body["media_id"] and job["status"] == 1 for job in account.jobs.values()):
            raise RefusedError(53501)  # it is under way: submitted twice
        number = self.next()
        account.jobs[str(number)] = {
            "media_id": body["media_id"],
            "articles": articles,
            "status": 1,
            "polls": self.polls,
            "message": 2247480000 + number,
            "on": None,
        }
        # The documentation has publish_id as a number in one place and as a string in another; so have we.
        publish_id: int | str = number if number % 2 else str(number)
        return {"errcode": 0, "errmsg": "ok", "publish_id": publish_id, "msg_data_id": 2247480000 + number}

    def _progress(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        number = str(body["publish_id"])
        job = account.jobs.get(number)
        if job is None:
            raise RefusedError(53502)
        if job["status"] == 1:
            if job["polls"] > 0:
                job["polls"] -= 1
            else:
                self._finish(account, job)
        answer: _Body = {"publish_id": body["publish_id"], "publish_status": job["status"], "fail_idx": []}
        if job["status"] in (0, 5, 6):
            url = f"{self.base}/s/article-{number}"
            item = [{"idx": at, "article_url": url} for at, _ in enumerate(job["articles"], 1)]
            answer |= {"article_id": f"article-{number}", "article_detail": {"count": len(item), "item": item}}
        elif job["status"] > 1:
            answer["fail_idx"] = list(self.fail_idx or [1])
        return answer

    def _finish(self, account: Account, job: _Body) -> None:
        job["status"] = self.outcome
        if self.outcome == 0:
            job["on"] = self.now().astimezone(ZONE).date()
            account.drafts.pop(job["media_id"], None)

    def _list_published(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        found = []
        for number, job in account.jobs.items():
            if job["status"] == 0:
                url = f"{self.base}/s/article-{number}"
                kept = [{**article, "url": url, "is_deleted": False} for article in job["articles"]]
                found.append({"article_id": f"article-{number}", "content": {"news_item": kept}})
        return _page(found, body)

    def _delete_published(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        self.remove(account, str(body["article_id"]), 5)
        return {"errcode": 0, "errmsg": "ok"}

    def remove(self, account: Account, article_id: str, status: int) -> None:
        """An article is gone: deleted by its people (5) or banned by WeChat (6)."""
        job = account.jobs.get(article_id.removeprefix("article-"))
        if job is None or job["status"] != 0:
            raise RefusedError(53600)
        job["status"] = status

    # What is counted

    def _span(self, body: _Body) -> tuple[date, date]:
        first, last = date.fromisoformat(body["begin_date"]), date.fromisoformat(body["end_date"])
        now = self.now().astimezone(ZONE)
        if not first <= last or (last - first).days >= 7 or last >= now.date():
            raise RefusedError(61501)
        if last == now.date() - timedelta(days=1) and now.hour < 8:
            raise RefusedError(61503)
        if first < date(2014, 12, 1):
            raise RefusedError(61500)
        return first, last

    def _cumulate(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        days = counting(*self._span(body))
        return {"list": [{"ref_date": f"{day}", "cumulate_user": account.followers + day.day} for day in days]}

    def _summary(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        rows = [(day, source) for day in counting(*self._span(body)) for source in (0, 1)]
        return {
            "list": [
                {"ref_date": f"{day}", "user_source": source, "new_user": 2 - source, "cancel_user": source}
                for day, source in rows
            ]
        }

    def _article_total(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        first, last = self._span(body)
        if self.is_delayed:
            return {"list": [], "is_delay": True}
        yesterday = self.now().astimezone(ZONE).date() - timedelta(days=1)
        found = []
        for number, job in account.jobs.items():
            if job["on"] is None or not first <= job["on"] <= last:
                continue
            days = counting(job["on"], min(yesterday, job["on"] + timedelta(days=29)))
            found.append(
                {
                    "ref_date": f"{job['on']}",
                    "msgid": f"{job['message']}_1",
                    "publish_type": 1,
                    "title": job["articles"][0]["title"],
                    "content_url": f"{self.base}/s/article-{number}",
                    "detail_list": [{"stat_date": f"{day}", "read_user": 120 * at} for at, day in enumerate(days, 1)],
                }
            )
        return {"list": found, "is_delay": False}

    def _article_read(self, account: Account, query: Mapping[str, str], body: _Body) -> _Body:
        return {"list": [{"ref_date": f"{day}", "read_user": 120} for day in counting(*self._span(body))]}

    # What people see

    def page(self, path: str) -> tuple[str, bytes] | None:
        """A published article, or a picture: media type and content."""
        for account in self.accounts.values():
            kept = account.pictures.get(path.removeprefix("/pictures/"))
            if kept is not None:
                return "image/png" if kept.startswith(b"\x89PNG") else "image/jpeg", kept
            job = account.jobs.get(path.removeprefix("/s/article-"))
            if job is not None and job["status"] == 0:
                article = job["articles"][0]
                head = f'<meta charset="utf-8"><title>{escape(article["title"])}</title>'
                body = f"<p>模拟的微信文章页</p><h1>{escape(article['title'])}</h1>{article['content']}"
                return "text/html; charset=utf-8", f'<!doctype html><html lang="zh">{head}{body}'.encode()
        return None


def _page(found: list[_Body], body: _Body) -> _Body:
    """Newest first, as WeChat lists."""
    newest = found[::-1][body["offset"] : body["offset"] + body["count"]]
    return {"total_count": len(found), "item_count": len(newest), "item": newest}


_DEEDS: Mapping[str, Callable[[World, Account, Mapping[str, str], Any], _Body]] = {
    "/cgi-bin/material/add_material": World._add_material,
    "/cgi-bin/media/uploadimg": World._upload_image,
    "/cgi-bin/draft/add": World._add_draft,
    "/cgi-bin/draft/update": World._update_draft,
    "/cgi-bin/draft/get": World._get_draft,
    "/cgi-bin/draft/delete": World._delete_draft,
    "/cgi-bin/draft/batchget": World._list_drafts,
    "/cgi-bin/freepublish/submit": World._submit,
    "/cgi-bin/freepublish/get": World._progress,
    "/cgi-bin/freepublish/batchget": World._list_published,
    "/cgi-bin/freepublish/delete": World._delete_published,
    "/datacube/getusercumulate": World._cumulate,
    "/datacube/getusersummary": World._summary,
    "/datacube/getarticletotaldetail": World._article_total,
    "/datacube/getarticleread": World._article_read,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    world: World
    turn: threading.Lock


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.turn:
            try:
                answer = self.server.world.answer(address.path, query, self._body(content))
            except RefusedError as refused:
                answer = {"errcode": refused.code, "errmsg": f"refused rid: {self.server.world.next()}"}
        if address.path in self.server.world.lost:
            self.close_connection = True  # it was done, and nobody hears of it
            return
        self._send("application/json; charset=utf-8", json.dumps(answer, ensure_ascii=False).encode())

    def do_GET(self) -> None:
        with self.server.turn:
            found = self.server.world.page(urlsplit(self.path).path)
        if found is None:
            self.send_error(404)
        else:
            self._send(*found)

    def _body(self, content: bytes) -> Any:
        kind = self.headers.get("Content-Type", "")
        if not kind.startswith("multipart/"):
            return json.loads(content)
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
        for part in message.iter_parts():
            if part.get_param("name", header="content-disposition") == "media":
                return part.get_filename() or "", part.get_payload(decode=True)
        raise RefusedError(41005)

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Nothing: addresses carry tokens."""


@contextmanager
def serving(world: World, port: int = 0) -> Iterator[str]:
    """Serve the world on a port of this machine (any free one); gives the address."""
    with _Server(("127.0.0.1", port), _Handler) as server:
        server.world, server.turn = world, threading.Lock()
        world.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield world.base
        finally:
            server.shutdown()
            thread.join()
