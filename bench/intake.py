"""Applying through the real form of a real server, on SQLite and on PostgreSQL: nothing is lost, nothing is doubled.

``gongkai serve`` runs on a free port. 200 people at once open the form, send it, check it and submit it twice at the
same moment, as impatient people do. Then 1,000 more are sent while the server is killed with SIGKILL at random moments
and started again; whoever has no receipt sends the same form again. What was acknowledged must be there afterwards with
its query code, its proof and its entry in the ledger; numbers have no gap; nothing is half done. Every figure of that
kind has the limit 0; seconds explain.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles

import httpx

from bench.database import installation, vendor
from bench.measure import Measured, run

AT_ONCE, WITH_KILLS, WORKERS = 200, 1000, 24
_PROOF = b"\x89PNG\r\n\x1a\n" + b"proof" * 2000
_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_NUMBER, _CODE = re.compile(r'id="number">([^<]+)<'), re.compile(r'id="code">([^<]+)<')
_PATIENCE = 900.0  # seconds that somebody goes on trying: on a busy machine each start of the server takes ten
_LIFE = (0.3, 8.0)  # seconds that a server lives


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an applicant was given, and how long the last click took."""

    number: str
    code: str
    text: str
    took: float


class Server:
    """``gongkai serve`` in a process group of its own, which can be killed as a whole."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = "from gongkai.project.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "serve", "--port", str(self.port), "--no-worker"],
            env=os.environ | {"GONGKAI_PROXIES": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _until(self._answers, 300.0)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/ysqgk/jisuan/", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """Every process of it, at once and without a warning."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Applicant:
    """Somebody with an address of their own, who goes on until there is a receipt."""

    def __init__(self, number: int, server: Server) -> None:
        self.text = f"第 {number} 件：2019年全市第 {number} 号统计表"
        self.number, self.server = number, server
        network = f"198.{18 + number // 60000}.{number // 250 % 240}.{number % 250 + 1}"
        self.client = httpx.Client(base_url=server.address, headers={"X-Forwarded-For": network}, timeout=60)

    def form(self) -> dict[str, str]:
        """What the page on which it is checked would send."""
        page = self._ask("GET", "/ysqgk/shenqing/").text
        given = dict(_HIDDEN.findall(page)) | {
            "kind": "business",
            "name": f"申请人{self.number}",
            "id_type": "other",
            "id_number": f"ID{self.number}",
            "phone": "0577-88960000",
            "requested": self.text,
            "provision": "electronic",
            "delivery": "portal",
            "action": "check",
            "csrfmiddlewaretoken": _found(_CSRF, page),
        }
        checked = self._ask("POST", "/ysqgk/shenqing/", given, {"id_proof": ("id.png", _PROOF, "image/png")}).text
        return dict(_HIDDEN.findall(checked)) | {"csrfmiddlewaretoken": _found(_CSRF, checked), "action": "submit"}

    def submit(self, form: dict[str, str]) -> Receipt:
        """Send it and read the receipt."""
        begun = time.perf_counter()
        answer = self._ask("POST", "/ysqgk/shenqing/", form)
        took = time.perf_counter() - begun
        if answer.status_code != 303:
            raise httpx.HTTPError(f"submitting gave {answer.status_code}")
        page = self._ask("GET", answer.headers["Location"]).text
        return Receipt(_found(_NUMBER, page), _found(_CODE, page), self.text, took)

    def insist(self, form: dict[str, str]) -> Receipt:
        """Send the same form again and again until there is a receipt: the server is being killed meanwhile."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return self.submit(form)
            except (httpx.HTTPError, LookupError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _ask(
        self, method: str, address: str, data: dict[str, str] | None = None, files: object = None
    ) -> httpx.Response:
        if data is not None and files is None:
            files = {"none": ("", b"")}  # as a browser sends a form with a field for files
        return self.client.request(method, address, data=data, files=files)  # type: ignore[arg-type]


def measure(*, quick: bool = False) -> Iterator[Measured]:
    many, killed = (12, 20) if quick else (AT_ONCE, WITH_KILLS)
    with installation():
        from gongkai.bureau.models import Agency

        agency = Agency.add_root(code="bench", name="某某市统计局")
        server = Server()
        try:
            begun = time.perf_counter()
            receipts = _at_once(server, many)
            took = time.perf_counter() - begun
            yield from _judged(agency, receipts, many, f"{many} at once ({vendor()})")
            slow = quantiles((each.took for each in receipts), n=20)[-1]
            yield Measured(f"{many} at once ({vendor()}): all done", took, None, "s", f"p95 of a click: {slow:.2f} s")
            deaths: list[float] = []
            more = _with_kills(server, many, killed, deaths)
            note = f"{len(deaths)} times SIGKILL"
            yield from _judged(agency, receipts + more, many + killed, f"{killed} under SIGKILL ({vendor()})", note)
        finally:
            server.kill()


def _at_once(server: Server, many: int) -> list[Receipt]:
    """Everybody has the form filled in; then all submit at the same moment, each twice."""
    people = [Applicant(number, server) for number in range(many)]
    with ThreadPoolExecutor(WORKERS) as pool:
        forms = list(pool.map(Applicant.form, people))
    start = threading.Barrier(2 * many)

    def click(place: int) -> Receipt:
        start.wait()
        return people[place % many].submit(forms[place % many])

    with ThreadPoolExecutor(2 * many) as pool:
        told = list(pool.map(click, range(2 * many)))
    doubled = [place for place in range(many) if told[place].code != told[place + many].code]
    if doubled:
        raise SystemExit(f"{len(doubled)} people were told two codes for one application")
    return told[:many]


def _with_kills(server: Server, first: int, many: int, deaths: list[float]) -> list[Receipt]:
    """Submit one after the other in several hands while the server dies and comes back."""
    over = threading.Event()

    def murder() -> None:
        chance = random.Random(20200302)
        while not over.wait(chance.uniform(*_LIFE)):
            server.kill()
            deaths.append(time.monotonic())
            server.start()

    def apply(number: int) -> Receipt:
        person = Applicant(first + number, server)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return person.insist(person.form())
            except (httpx.HTTPError, LookupError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    killer = threading.Thread(target=murder)
    killer.start()
    try:
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(apply, range(many)))
    finally:
        over.set()
        killer.join()


def _judged(agency: object, receipts: list[Receipt], expected: int, name: str, note: str = "") -> Iterator[Measured]:
    """What is there against what was acknowledged; each of these is 0 or wrong."""
    from gongkai.applications.models import Applicant as Person
    from gongkai.applications.models import Application, CaseFile, FileKind, Submission
    from gongkai.applications.projection import rebuild
    from gongkai.applications.vault import LostFileError, read
    from gongkai.bureau.codes import matches
    from gongkai.ledger.models import Entry
    from gongkai.ledger.services import verify

    found = {each.number: each for each in Application.objects.select_related("submission")}
    texts: dict[str, int] = {}
    for each in found.values():
        texts[each.requested] = texts.get(each.requested, 0) + 1
    lost = sum(
        receipt.number not in found
        or found[receipt.number].requested != receipt.text
        or not matches(receipt.code, found[receipt.number].submission.code)
        for receipt in receipts
    )
    numbers = sorted(int(number.partition("-")[2]) for number in found)
    gaps = sum(one != two for one, two in zip(numbers, range(1, len(numbers) + 1), strict=True))
    unreadable = 0
    for file in CaseFile.objects.all():
        try:
            read(file, None)
        except LostFileError:
            unreadable += 1
    per_case = CaseFile.objects.filter(kind=FileKind.ID_PROOF).values("application").distinct().count()
    half = [
        abs(len(found) - Person.objects.count()),
        abs(len(found) - Submission.objects.count()),
        abs(len(found) - Entry.objects.filter(kind="registered").count()),
        abs(len(found) - per_case),
        len(rebuild(agency, write=False)),  # type: ignore[arg-type]
        int(verify(agency) is not None),  # type: ignore[arg-type]
        unreadable,
    ]
    yield Measured(f"{name}: acknowledged and lost", lost + max(0, expected - len(receipts)), 0, "", note)
    yield Measured(f"{name}: registered twice", sum(count - 1 for count in texts.values()), 0, "")
    yield Measured(f"{name}: gaps and repeats of numbers", gaps, 0, "", f"{len(found)} registered")
    yield Measured(f"{name}: half done", sum(half), 0, "")


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    if match is None:
        raise LookupError(pattern.pattern)
    return match.group(1)


def _until(is_so: Callable[[], bool], patience: float) -> None:
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("the server does not answer")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(run(measure))
