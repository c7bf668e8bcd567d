"""The calls that gongkai makes of WeChat. Nothing of them is ever logged: they carry secrets and tokens."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from .errors import SecretError, SpanError, TokenError, UnreachableError, error_of
from .limits import Letter

if TYPE_CHECKING:
    import httpx

OFFICIAL = "https://api.weixin.qq.com"
RENEW_BEFORE = timedelta(minutes=5)
MOST_DAYS = 7
_TIMEOUT = 20.0
_PAGE = 20
_Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the moment at which it ends."""

    value: str
    ends_at: datetime


class Tokens(Protocol):
    """Where the token of an account is kept between calls, encrypted."""

    def load(self) -> Token | None: ...
    def save(self, token: Token) -> None: ...


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A permanent material."""

    media_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How a publication stands. ``status`` is WeChat's: 0 done, 1 under way, 2 to 4 refused, 5 and 6 gone again."""

    status: int
    article_id: str
    url: str
    failed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A publication that was accepted for doing; not done yet."""

    publish_id: str
    message: str  # msg_data_id: what the statistics call it by, the number of the issue (期)


@dataclass(frozen=True, slots=True)
class Standing:
    """An article among the drafts (``key`` is a media_id) or among what is published (an article_id)."""

    key: str
    title: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Followers:
    """The followers of one day."""

    day: date
    total: int | None = None
    new: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """How many persons had read an article by the end of a day. ``message`` is msgid: ``msg_data_id_index``."""

    message: str
    title: str
    url: str
    published_on: date
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class ReadingDays:
    """Readers of articles of some days; ``is_delayed``: WeChat has not finished counting, ask again later."""

    readers: tuple[Readers, ...]
    is_delayed: bool


class Client:
    """One account. ``now`` gives the time."""

    def __init__(
        self, appid: str, secret: str, tokens: Tokens, *, now: Callable[[], datetime], base: str = OFFICIAL
    ) -> None:
        self._appid, self._secret, self._tokens, self._now = appid, secret, tokens, now
        self._base = base.rstrip("/")
        self._http: httpx.Client | None = None

    def close(self) -> None:
        if self._http is not None:
            self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Token

    def token(self, *, fresh: bool = False) -> str:
        """The token, fetched anew five minutes before its end (stable_token gives the same one until then)."""
        kept = self._tokens.load()
        if kept is not None and not fresh and self._now() < kept.ends_at - RENEW_BEFORE:
            return kept.value
        body = {"grant_type": "client_credential", "appid": self._appid, "secret": self._secret}
        try:
            answer = self._send("/cgi-bin/stable_token", json={**body, "force_refresh": False})
        except TokenError as error:
            raise SecretError(error.code, error.said) from None
        found = Token(str(answer["access_token"]), self._now() + timedelta(seconds=int(answer["expires_in"])))
        self._tokens.save(found)
        return found.value

    # Pictures

    def add_material(self, content: bytes, name: str, kind: str = "image") -> Uploaded:
        """A permanent material: the cover of an article has to be one."""
        answer = self._call("/cgi-bin/material/add_material", files={"media": (name, content)}, query={"type": kind})
        return Uploaded(str(answer["media_id"]), str(answer.get("url", "")))

    def upload_image(self, content: bytes, name: str) -> str:
        """A picture of a body; the address that WeChat shows. Pictures from elsewhere are filtered out."""
        return str(self._call("/cgi-bin/media/uploadimg", files={"media": (name, content)})["url"])

    # Drafts

    def add_draft(self, letter: Letter) -> str:
        """Put an article among the drafts; gives its media_id."""
        return str(self._call("/cgi-bin/draft/add", json={"articles": [_article(letter)]})["media_id"])

    def update_draft(self, media_id: str, letter: Letter, index: int = 0) -> None:
        body = {"media_id": media_id, "index": index, "articles": _article(letter)}
        self._call("/cgi-bin/draft/update", json=body)

    def draft(self, media_id: str) -> Sequence[_Answer]:
        """The articles of a draft. Raises :class:`~.errors.MediaError` for one that is gone or was published."""
        return list(self._call("/cgi-bin/draft/get", json={"media_id": media_id})["news_item"])

    def delete_draft(self, media_id: str) -> None:
        self._call("/cgi-bin/draft/delete", json={"media_id": media_id})

    def drafts(self) -> Sequence[Standing]:
        """The latest drafts."""
        return self._list("/cgi-bin/draft/batchget", "media_id")

    # Publishing

    def submit(self, media_id: str) -> Submitted:
        """Have a draft published. That it was accepted does not say that it is published."""
        answer = self._call("/cgi-bin/freepublish/submit", json={"media_id": media_id})
        return Submitted(str(answer["publish_id"]), str(answer.get("msg_data_id", "")))  # id: string or number

    def progress(self, publish_id: str) -> Progress:
        """How a publication stands."""
        answer = self._call("/cgi-bin/freepublish/get", json={"publish_id": publish_id})
        items = (answer.get("article_detail") or {}).get("item") or [{}]
        return Progress(
            int(answer["publish_status"]),
            str(answer.get("article_id", "")),
            str(items[0].get("article_url", "")),
            tuple(int(each) for each in answer.get("fail_idx") or ()),
        )

    def published(self) -> Sequence[Standing]:
        """What was published last."""
        return self._list("/cgi-bin/freepublish/batchget", "article_id")

    def delete_published(self, article_id: str) -> None:
        """Take an article off WeChat for good."""
        self._call("/cgi-bin/freepublish/delete", json={"article_id": article_id, "index": 0})

    # Statistics: those of a day are there after 08:00 of the next

    def followers(self, first: date, last: date) -> Sequence[Followers]:
        """Followers by day: how many, how many came and left. At most seven days, up to yesterday."""
        body = self._span(first, last)
        totals = self._call("/datacube/getusercumulate", json=body)["list"]
        changes = self._call("/datacube/getusersummary", json=body)["list"]
        new, left = _by_day(changes, "new_user"), _by_day(changes, "cancel_user")
        return [
            Followers(day, int(each["cumulate_user"]), new.get(day), left.get(day))
            for each in totals
            if (day := date.fromisoformat(each["ref_date"]))
        ]

    def readers(self, first: date, last: date) -> ReadingDays:
        """Readers, day by day, of the articles that were published on these days (at most seven)."""
        answer = self._call("/datacube/getarticletotaldetail", json=self._span(first, last))
        found = [
            Readers(
                str(each["msgid"]),
                str(each.get("title", "")),
                str(each.get("content_url", "")),
                date.fromisoformat(each["ref_date"]),
                date.fromisoformat(one["stat_date"]),
                int(one["read_user"]),
            )
            for each in answer["list"]
            for one in each["detail_list"]
        ]
        return ReadingDays(tuple(found), bool(answer.get("is_delay")))

    def reads(self, first: date, last: date) -> _Answer:
        """getarticleread as it is: readers of each of some days, by where they came from."""
        return self._call("/datacube/getarticleread", json=self._span(first, last))

    def _span(self, first: date, last: date) -> dict[str, str]:
        if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
            raise SpanError(61501)
        return {"begin_date": first.isoformat(), "end_date": last.isoformat()}

    # Transport

    def _list(self, path: str, key: str) -> Sequence[Standing]:
        answer = self._call(path, json={"offset": 0, "count": _PAGE, "no_content": 1})
        return [
            Standing(str(each[key]), one["title"], one.get("content_source_url", ""), one.get("url", ""))
            for each in answer.get("item", ())
            for one in each["content"]["news_item"][:1]
        ]

    def _call(self, path: str, *, query: Mapping[str, str] | None = None, **body: Any) -> _Answer:
        """A call with the token; with a fresh one, once, when WeChat does not take it."""
        try:
            return self._send(path, params={**(query or {}), "access_token": self.token()}, **body)
        except TokenError:
            return self._send(path, params={**(query or {}), "access_token": self.token(fresh=True)}, **body)

    def _send(self, path: str, **request: Any) -> _Answer:
        import httpx  # three tenths of a second that only sending needs

        if self._http is None:
            self._http = httpx.Client(base_url=self._base, timeout=_TIMEOUT)
        if "json" in request:  # WeChat shows escapes as they stand: the body is UTF-8
            request["content"] = json.dumps(request.pop("json"), ensure_ascii=False).encode()
            request["headers"] = {"Content-Type": "application/json; charset=utf-8"}
        try:
            answer = self._http.post(path, **request)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise UnreachableError from None  # the error of httpx names the address, which has the token in it
        if not isinstance(found, dict):
            raise UnreachableError
        error = error_of(found)
        if error is not None:
            raise error
        return found


def _article(letter: Letter) -> dict[str, Any]:
    return {
        "article_type": "news",
        "title": letter.title,
        "author": letter.author,
        "digest": letter.digest,
        "content": letter.content,
        "content_source_url": letter.address,
        "thumb_media_id": letter.cover,
        "need_open_comment": 0,
        "only_fans_can_comment": 0,
    }


def _by_day(rows: Sequence[_Answer], name: str) -> dict[date, int]:
    """Sums over what people came by."""
    found: dict[date, int] = {}
    for row in rows:
        day = date.fromisoformat(row["ref_date"])
        found[day] = found.get(day, 0) + int(row[name])
    return found
