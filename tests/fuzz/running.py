"""Visits to the application that go wrong in every way: what came back, how long it took, what must never be."""

from __future__ import annotations

import json
import logging
import signal
import time
import zlib
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from flask import Flask

from selfcheck.rulebook.model import Rulebook
from selfcheck.web.session import EncryptedCookie
from tests.fuzz.asked import Asked, bent, sent, wandering, with_faults, with_headers
from tests.fuzz.forms import Field, Form, forms
from tests.fuzz.visits import Place, places
from tests.fuzz.wrong import MARK, WRONG

STEPS = 12
LONGEST_SECONDS = 15
MOST_COOKIE = 4093
PAGE_BYTES = 4096
FAULT, REFUSED = 500, 400
DATA = ("text/plain", "application/json", "application/fhir+json")
Plan = tuple[Field, str]


class Hang(BaseException):
    """A request that took too long; nothing in the application may catch it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What must not be: which visit it was, what was asked, what came."""

    visit: int
    asked: Asked
    words: str

    def __str__(self) -> str:
        """One line."""
        where = f"{self.asked.method[:20]!r} {self.asked.path[:80]!r}"
        return f"visit {self.visit}: {where} ({'; '.join(self.asked.faults[:6])}): {self.words}"


@dataclass(slots=True)
class Tally:
    """What came of all requests so far. ``memory`` is resident, in kB, at each tenth of the way."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    attacked: set[tuple[str, str, str]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    memory: list[int] = field(default_factory=list)


def memory() -> int:
    """What this process holds in memory, in kB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES // 1024


@contextmanager
def in_time() -> Iterator[None]:
    """Interrupt what takes too long."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Faults(logging.Handler):
    """The last fault that the application logged."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.last = record.getMessage()


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer."""

    status: int
    head: Mapping[str, str]
    body: bytes


class Fuzzer:
    """An application, its forms, and where visits start. The same seed makes the same requests."""

    def __init__(self, app: Flask, rulebook: Rulebook, seed: int, starts: tuple[Place, ...] = ()) -> None:
        """Walk the valid journeys, unless their places are given, and put every fault of every field in an order."""
        self.app = app
        self.seed = seed
        self.forms = {form.path: form for form in forms(rulebook)}
        self.places = starts or places(app, rulebook)
        self.spoilt = False
        plans = [
            (form, (part, fault)) for form in self.forms.values() for part in form.fields for fault in WRONG
        ]
        Random(seed).shuffle(plans)  # noqa: S311 - no secret
        self.plans: list[tuple[Form, Plan]] = plans
        self.tally = Tally()
        self.faults = Faults()
        app.logger.addHandler(self.faults)

    def run(self, requests: int) -> Tally:
        """Make at least that many requests."""
        marks = [requests * tenth // 10 for tenth in range(1, 11)]
        visit = 0
        while self.tally.requests < requests:
            self.visit(visit)
            visit += 1
            if self.tally.requests >= marks[0]:
                self.tally.memory.append(memory())
                marks.pop(0)
        return self.tally

    def visit(self, number: int) -> None:
        """One browser: a place that a valid journey reached, then requests with faults, following where they lead."""
        chance = Random(f"{self.seed}/{number}")  # noqa: S311 - no secret
        place = chance.choice(self.places)
        cookie = place.cookie
        self.spoilt = chance.random() < 0.1
        if self.spoilt:
            cookie = spoilt(chance, self.app, cookie)
        path = place.path
        for step in range(STEPS):
            asked = self._next(chance, place, path, number * STEPS + step)
            answer = self._ask(number, asked, cookie)
            cookie = _cookie(answer, cookie)
            location = answer.head.get("Location", "")
            if location and chance.random() < 0.7:
                path = location.partition("?")[0]
                answer = self._ask(number, Asked("GET", path, location.partition("?")[2]), cookie)
                cookie = _cookie(answer, cookie)

    def _next(self, chance: Random, place: Place, path: str, number: int) -> Asked:
        """What to send next: mostly the next fault of the next field, where the visit stands or on its own page."""
        kind = chance.random()
        if kind < 0.12:
            asked = wandering(chance)
        elif kind < 0.22:
            said = {**place.said, "code": [place.code], "csrf_token": [place.token]}
            asked = sent(
                path, [(name, one.encode()) for name, several in said.items() for one in several], ("valid",)
            )
        else:
            form, plan = self.plans[number % len(self.plans)]
            if chance.random() < 0.5 and path in self.forms:
                form, plan = self.forms[path], self._another(chance, self.forms[path])
            more = [self._another(chance, form) for _ in range(chance.choice((0, 0, 1, 3)))]
            self.tally.attacked.update((form.path, part.name, fault) for part, fault in (plan, *more))
            said = {**place.said, "csrf_token": [place.token]}
            asked = with_faults(chance, form, said, (plan, *more))
        if chance.random() < 0.15:
            asked = bent(chance, asked)
        return with_headers(chance, asked) if chance.random() < 0.12 else asked

    def _another(self, chance: Random, form: Form) -> Plan:
        return chance.choice(form.fields), chance.choice(tuple(WRONG))

    def _ask(self, visit: int, asked: Asked, cookie: str) -> Answered:
        """One request, counted and judged."""
        started = time.perf_counter()
        try:
            with in_time():
                answer = call(self.app, asked.environ(cookie))
            foreign = self.spoilt or "HTTP_COOKIE" in asked.faults
            words = judged(asked, answer, self.faults.last, foreign=foreign)
        except Hang:
            answer, words = Answered(FAULT, {}, b""), f"no answer within {LONGEST_SECONDS} s"
        except Exception as error:  # noqa: BLE001 - whatever gets out of the application is a finding
            answer, words = Answered(FAULT, {}, b""), f"{type(error).__name__}: {error}"
        seconds = time.perf_counter() - started
        self.tally.requests += 1
        self.tally.statuses[answer.status] += 1
        self.tally.slowest = max(self.tally.slowest, (seconds, f"{asked.method[:20]} {asked.path[:60]}"))
        if words:
            self.tally.findings.append(Finding(visit, asked, words))
        return answer


def call(app: Flask, environ: dict[str, Any]) -> Answered:
    """The answer of a WSGI application."""
    began: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, head: list[tuple[str, str]], _error: object = None) -> Any:
        began.append((status, head))
        return lambda _: None

    answered = app(environ, start)
    try:
        body = b"".join(answered)
    finally:
        if hasattr(answered, "close"):
            answered.close()
    status, head = began[-1]
    return Answered(int(status.split()[0]), dict(head), body)


def judged(asked: Asked, answer: Answered, fault: str, *, foreign: bool = False) -> str:
    """What is wrong with an answer; nothing if it is right. ``fault`` is what was logged last; a ``foreign`` cookie
    may be ended.
    """
    cookie = answer.head.get("Set-Cookie", "")
    wrong = {
        f"status {answer.status}, {fault}": answer.status >= FAULT,
        "markup came back as it was sent": MARK.encode() in answer.body and not _is_data(answer),
        "a header with a line break": any(set(value) & set("\r\n\x00") for value in answer.head.values()),
        "no content policy": "Content-Security-Policy" not in answer.head,
        "a cookie larger than browsers keep": len(cookie) > MOST_COOKIE,
        "a refusal took the answers away": answer.status >= REFUSED
        and not foreign
        and "selfcheck=;" in cookie,
        "led to another site": not answer.head.get("Location", "/").startswith("/")
        or answer.head.get("Location", "/").startswith("//"),
        "no page": answer.status != 304 and asked.method == "GET" and not answer.body,
    }
    return ", ".join(words for words, is_so in wrong.items() if is_so)


def _is_data(answer: Answered) -> bool:
    """Whether no browser draws this: a file of data or plain text, and said to be nothing else."""
    kind = answer.head.get("Content-Type", "").partition(";")[0]
    return kind in DATA and answer.head.get("X-Content-Type-Options") == "nosniff"


def _cookie(answer: Answered, cookie: str) -> str:
    sent_back = answer.head.get("Set-Cookie", "")
    if not sent_back.startswith("selfcheck="):
        return cookie
    return sent_back.removeprefix("selfcheck=").partition(";")[0].strip('"')


def spoilt(chance: Random, app: Flask, cookie: str) -> str:
    """A cookie cut short, changed, or sealed by us with contents of another version, or of none."""
    box = app.session_interface
    assert isinstance(box, EncryptedCookie)
    content = json.loads(zlib.decompress(box.opened(cookie.encode())[0])) if cookie else {}
    odd: tuple[Any, ...] = (
        None,
        0,
        "x",
        [],
        {},
        ["x"],
        {"x": "y"},
        {"x": ["y"]},
        [["x"]],
        {"x": {"y": 1}},
        1e9,
        True,
    )
    known = ("answers", "pending", "wishes", "changed", "remarks", "noticed", "easier", "looked", "compared", "rules",
             "dropped", "renewed", "stopped_at", "from_code", "csrf_token")  # fmt: skip
    kind = chance.random()
    if kind < 0.15:
        return cookie[: chance.randrange(len(cookie) + 1)]
    if kind < 0.3:
        return urlsafe_b64encode(chance.randbytes(chance.choice((3, 100, 3000)))).decode()
    if kind < 0.4:
        return box.sealed({"x": "y" * 200_000})
    if kind < 0.6:
        answers = content.get("answers", {})
        content["answers"] = {name: chance.choice((value, *odd)) for name, value in answers.items()}
    for name in chance.sample(sorted(set(chain(known, content))), 3):
        content[name] = chance.choice(odd)
    return box.sealed(content)
