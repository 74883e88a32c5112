"""A real Chromium and a real server on loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from selfcheck import create_app
from selfcheck.rulebook.model import Rulebook
from tests.serving import serving

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on this machine; install Debian's package chromium")
        pytest.skip("no Chromium on this machine: browser tests left out")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(rulebook: Rulebook) -> Iterator[str]:
    app = create_app({"SECRET_KEY": "a-secret-of-the-tests", "REGION": "gb"}, rulebook=rulebook)
    with serving(app) as address:
        yield address


class Watched:
    """A browser page together with everything it asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.messages: list[str] = []
        page.set_default_timeout(10_000)
        page.on("request", self.note_request)
        page.on("console", self.note_message)

    def note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        self.messages.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def tick(self, *names: str) -> None:
        for name in names:
            self.page.locator(f".choice label[for={name}]").click()

    def choose(self, name: str) -> None:
        self.page.check(f"#{name}")

    def fill(self, name: str, words: str) -> None:
        self.page.fill(f"#{name}", words)

    def begin(self) -> None:
        self.page.get_by_role("link", name="Start", exact=True).click()
        self.page.wait_for_load_state()

    def press(self) -> None:
        self.page.locator("button[type=submit]").first.click()
        self.page.wait_for_load_state()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Opens the start page; keyword arguments go to the browser context."""
    contexts: list[BrowserContext] = []

    def open_page(**settings: object) -> Watched:
        given = {"viewport": PHONE, "java_script_enabled": False, **settings}
        context = browser.new_context(**given)  # type: ignore[arg-type]
        contexts.append(context)
        watched = Watched(context.new_page(), address)
        watched.open("/")
        return watched

    yield open_page
    for context in contexts:
        context.close()
