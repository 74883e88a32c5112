"""Slow clients and half-open connections do not keep others from their pages."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.boxed import boxed
from tests.deploy.cluster import FOR_MANY_AT_ONE_ADDRESS, Visitor, running
from tests.deploy.slow import BODY, crowd
from tests.web.conftest import DESK_WORKER
from tests.web.trail import Trail

EACH = 60
SHARE = 100
MOST_SECONDS = 30
SHORT = """
import sys
import selfcheck.serving as serving
serving.REQUEST_SECONDS = 1
from selfcheck.cli import main
sys.exit(main(["serve", "--port", "0"]))
"""


def test_a_journey_goes_on_while_a_crowd_holds_the_server_up(tmp_path: Path) -> None:
    with boxed(tmp_path) as server:
        port = urlsplit(server.address).port or 0
        with crowd(port, EACH) as slow:
            started = time.monotonic()
            trail = Trail(server.address)
            for slug, fields in DESK_WORKER.items():
                trail.send(f"/check/{slug}", fields)
            result = trail.open("/result")
            assert time.monotonic() - started < MOST_SECONDS
            assert slow.open == 2 * EACH
    assert "You can start with self-care" in result.text


def test_a_request_that_is_not_whole_in_time_loses_its_connection(tmp_path: Path) -> None:
    with boxed(tmp_path, ("-c", SHORT)) as server, crowd(urlsplit(server.address).port or 0, 5) as slow:
        for _ in range(100):
            if slow.open == 0:
                break
            time.sleep(0.1)
        assert slow.open == 0
        assert Trail(server.address).open("/healthz").status == 200


@pytest.mark.usefixtures("nginx")
def test_a_journey_goes_on_while_a_crowd_holds_the_proxy_up() -> None:
    with running() as cluster, crowd(cluster.tls, EACH, tls=True) as slow:
        started = time.monotonic()
        assert Visitor(cluster.tls).journey()
        assert time.monotonic() - started < MOST_SECONDS
        assert slow.open >= EACH


@pytest.mark.usefixtures("nginx")
def test_one_address_holds_no_more_requests_open_than_its_share() -> None:
    limits = {
        name: limit for name, limit in FOR_MANY_AT_ONE_ADDRESS.items() if "rate" in name or "burst" in name
    }
    with running(limits=limits) as cluster, crowd(cluster.tls, 0, tls=True, address="127.0.0.2") as slow:
        slow.begin(BODY, SHARE + EACH)
        assert slow.told() == [429] * EACH
        assert Visitor(cluster.tls).journey()
