"""The shipped deployment files work, with real processes behind a real nginx on loopback."""

from __future__ import annotations

import re
from http.client import HTTPConnection
from pathlib import Path

import pytest

from selfcheck.web import app
from tests.deploy.cluster import SECONDS, Visitor, journeys, running

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = 6
SERVICE = (ROOT / "deploy" / "selfcheck@.service").read_text()
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text()
GUIDE = (ROOT / "docs" / "deploying.md").read_text()


@pytest.mark.usefixtures("nginx")
def test_nobody_loses_an_answer_while_processes_are_ended_and_replaced() -> None:
    with running() as cluster:
        assert journeys(cluster, JOURNEYS) == []
        assert "emerg" not in (cluster.folder / "error.log").read_text()


@pytest.mark.usefixtures("nginx")
def test_the_proxy_passes_large_pages_on_without_writing_to_the_disk() -> None:
    with running() as cluster:
        cluster.forbid_writing()
        visitor = Visitor(cluster.tls)
        answer = visitor.ask("/check/own-words", {"own_problem": "Zanzibarbruise" * 4000})
    assert "Your answers have been cleared" in answer


@pytest.mark.usefixtures("nginx")
def test_a_page_behind_the_proxy_tells_the_browser_to_stay_with_tls_and_the_cookie_too() -> None:
    with running() as cluster:
        answer = Visitor(cluster.tls).request("/check/about-you")
        plain = HTTPConnection("127.0.0.1", cluster.plain, timeout=SECONDS)
        plain.request("GET", "/check/about-you", headers={"Host": "selfcheck.test"})
        led = plain.getresponse()
        plain.close()
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert (led.status, led.headers["Location"]) == (301, "https://selfcheck.test/check/about-you")


def test_every_setting_of_the_program_stands_in_the_guide_and_no_other() -> None:
    source = "".join(path.read_text() for path in Path(app.__file__).parents[1].rglob("*.py"))
    short = set(re.findall(r'given(?:\.get\(|, )"([A-Z_]+)"', source))
    named = {f"SELFCHECK_{name}" for name in short} | set(re.findall(r"SELFCHECK_[A-Z_]+[A-Z]", source))
    assert named == set(re.findall(r"SELFCHECK_[A-Z_]+[A-Z]", GUIDE))


def test_the_ports_of_the_proxy_are_those_that_the_guide_starts() -> None:
    assert re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX) == re.findall(r"selfcheck@(\d+)", GUIDE)


def test_the_service_and_the_container_start_the_server_and_ask_for_a_secret() -> None:
    assert "selfcheck serve --host 127.0.0.1 --port %i" in SERVICE
    assert "EnvironmentFile=/etc/selfcheck.env" in SERVICE
    assert '"serve", "--host", "0.0.0.0"' in CONTAINER
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", CONTAINER)
    assert all((ROOT / name).exists() for line in copied for name in line.split())
