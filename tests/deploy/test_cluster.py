"""The shipped deployment files work, with real processes behind a real nginx on loopback."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from selfcheck.web import app
from tests.deploy.cluster import Visitor, journeys, running

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = 6
SERVICE = (ROOT / "deploy" / "selfcheck@.service").read_text()
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text()
GUIDE = (ROOT / "docs" / "deploying.md").read_text()


@pytest.fixture
def nginx() -> None:
    if shutil.which("nginx") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("nginx is not installed")
        pytest.skip("nginx is not installed")


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
