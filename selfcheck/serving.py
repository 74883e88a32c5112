"""The questionnaire on a production server, with rules that can be loaded anew while it runs."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from types import FrameType
from typing import Any

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from selfcheck import create_app
from selfcheck.input import Unusable
from selfcheck.rulebook.faults import RulebookError
from selfcheck.rulebook.model import Rulebook
from selfcheck.web.app import SettingsError
from selfcheck.web.errors import WITHOUT_WORDS

LOOPBACK = ("127.0.0.1", "::1", "localhost")
THREADS = 4
SWITCH_SECONDS = 0.0002
"""How long one thread may keep the others from running. Pages are work, and a crowd would wait for the thread that
sends them: with Python's usual 5 ms it gets its turn too seldom.
"""
MOST_HEADER_BYTES = 32 * 1024
MOST_BODY_BYTES = 1_000_000
IN_MEMORY_BYTES = 8_000_000
"""More than any request or answer: what is larger waitress would put into a file."""
IDLE_SECONDS = 30
REQUEST_SECONDS = 60
MOST_CONNECTIONS = 400
Load = Callable[[], Rulebook]


class Together:
    """Takes the parts of an answer in the place of a connection."""

    def __init__(self, channel: HTTPChannel) -> None:
        """Nothing has been written yet."""
        self.server = channel.server
        self.parts: list[bytes] = []

    def write_soon(self, part: bytes) -> None:
        """Keep a part."""
        self.parts.append(part)


class Task(WSGITask):  # type: ignore[misc]
    """Sends the head of an answer together with its body: a process that dies has sent a whole answer or none,
    and a proxy that got none asks another process.
    """

    channel: Any

    def write(self, data: bytes) -> None:
        """Send what comes next."""
        if self.wrote_header:
            super().write(data)
            return
        channel, together = self.channel, Together(self.channel)
        self.channel = together
        try:
            super().write(data)
        finally:
            self.channel = channel
        channel.write_soon(b"".join(together.parts))


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that ends if a request is not whole in time, however busily it trickles in."""

    task_class = Task
    began = 0.0

    def received(self, data: bytes) -> bool:
        """Take what has arrived."""
        now = time.monotonic()
        if self.request is None:
            self.began = now
        elif now - self.began > REQUEST_SECONDS:
            self.will_close = True
            return False
        return bool(super().received(data))


class Current:
    """A WSGI application that stands for the newest one that could be made.

    Requests under way finish with the application, and so the rules, that they began with.
    """

    def __init__(self, load: Load, settings: Mapping[str, object]) -> None:
        """Make the first application; its faults are the caller's."""
        self._load = load
        self._settings = dict(settings)
        self._lock = threading.Lock()
        self.app: Flask = create_app(self._settings, rulebook=load())

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        return self.app(environ, start_response)

    def reload(self) -> bool:
        """Load the rules again; faulty ones are named and leave the old ones in place."""
        with self._lock:
            try:
                made = create_app(self._settings, rulebook=self._load())
            except (RulebookError, SettingsError, OSError) as error:
                say(f"{error}\nThe rules are left as they were.")
                return False
            self.app = made
            say(f"New rules: {made.extensions['selfcheck.rulebook'].fingerprint}")
            return True


def say(words: str) -> None:
    """A line for whoever runs the server."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def serve(load: Load, host: str, port: int) -> None:
    """Serve until interrupted. SIGHUP loads the rules again; SIGTERM ends after the requests under way.

    Raises:
        Unusable: for a setting that is missing or wrong.
        RulebookError: with every fault of the rules.

    """
    secret = os.environ.get("SELFCHECK_SECRET_KEY")
    if not secret and host not in LOOPBACK:
        raise Unusable(
            "set SELFCHECK_SECRET_KEY to a long random text before serving beyond this machine, "
            "for example to the output of: python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    try:
        current = Current(load, {} if secret else {"SECRET_KEY": secrets.token_hex(32)})
    except SettingsError as error:
        raise Unusable(str(error)) from None
    _quieten(logging.getLogger("waitress"))
    server = _server(current, host, port)
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
    _heed_signals(current)
    if not secret:
        say("No SELFCHECK_SECRET_KEY: answers can be read until this process ends, by this process only.")
    # localhost can be two addresses
    found = getattr(server, "effective_port", None) or server.effective_listen[0][1]
    say(f"Serving on http://{host}:{found}/ (Ctrl+C ends it)")
    try:
        server.run()
    finally:
        server.close()


def _server(current: Current, host: str, port: int) -> Any:  # noqa: ANN401 - waitress ships no types
    """A server that listens, with our limits and our connections."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        current, map=sockets, host=host, port=port, threads=THREADS, ident=None, max_request_header_size=MOST_HEADER_BYTES,
        max_request_body_size=MOST_BODY_BYTES, channel_timeout=IDLE_SECONDS, connection_limit=MOST_CONNECTIONS,
        inbuf_overflow=IN_MEMORY_BYTES, outbuf_overflow=IN_MEMORY_BYTES,
        clear_untrusted_proxy_headers=False,  # the application believes them or not: SELFCHECK_TRUSTED_PROXIES
    )  # fmt: skip
    for listening in sockets.values():
        listening.channel_class = Channel
    return server


def _quieten(logger: logging.Logger) -> None:
    """Log faults only, and of these no words and no trace."""
    logger.setLevel(logging.ERROR)
    logger.addFilter(WITHOUT_WORDS)


def _heed_signals(current: Current) -> None:
    def again(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=current.reload, name="reload").start()

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGHUP, again)
        signal.signal(signal.SIGTERM, end)
