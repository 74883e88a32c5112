"""Journeys through nginx and three real processes that are killed, restarted and deployed anew on the way.

``python -m tests.deploy.cluster --journeys 200`` says how many ended with the right result. Everything is on loopback.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.web.conftest import DESK_WORKER

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 3
BELOW_OUTGOING = range(20_000, 32_000)
SECONDS = 60
MOST_SHOWN = 20
FAULT = 500
NAMES = ("localhost", "selfcheck.test")
FOR_MANY_AT_ONE_ADDRESS = {
    "rate=20r/s": "rate=2000r/s",
    "burst=60": "burst=2000",
    "selfcheck_open 100": "selfcheck_open 2000",
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ANSWERS = {
    "age": 35, "rf_ces_saddle": "rf_ces_saddle.no", "sitting_hours_day": 9, "job_type": "job_type.desk",
}.items()  # fmt: skip


def answered(part: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The single answers of a QuestionnaireResponse by question: numbers, and codes of options."""
    for item in part.get("item", ()):
        for answer in item.get("answer", ()):
            value = next((answer[key] for key in answer if key.startswith("value")), None)
            yield item["linkId"], value.get("code") if isinstance(value, dict) else value
        yield from answered(item)


def free_ports(count: int) -> list[int]:
    """Ports on loopback that nobody uses just now, below those that outgoing connections are given."""
    found: list[int] = []
    for port in random.sample(BELOW_OUTGOING, len(BELOW_OUTGOING)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            break
    return found


class Cluster:
    """nginx with the shipped configuration in front of processes that can be ended and started."""

    def __init__(
        self,
        folder: Path,
        outside: tuple[int, int] | None = None,
        limits: Mapping[str, str] = FOR_MANY_AT_ONE_ADDRESS,
    ) -> None:
        """Choose ports (``outside``: those of the proxy, plain and TLS) and write the configuration; nothing runs
        yet. ``limits`` stand in place of the shipped ones.
        """
        self.folder = folder
        self.limits = limits
        found = free_ports(PROCESSES + 2)
        self.plain, self.tls = outside or (found[0], found[1])
        self.ports = found[2:]
        self.processes: dict[int, subprocess.Popen[bytes]] = {}
        self.nginx: subprocess.Popen[bytes] | None = None
        certificate(folder)
        (folder / "nginx.conf").write_text(self.configuration())

    def configuration(self) -> str:
        """deploy/nginx.conf with ports and files of this run, and what has to stand around it."""
        shipped = (ROOT / "deploy" / "nginx.conf").read_text()
        for number, port in enumerate(self.ports, 8001):
            shipped = shipped.replace(f"127.0.0.1:{number}", f"127.0.0.1:{port}")
        shipped = re.sub(r"(?m)^ *listen \[::\].*\n", "", shipped)
        shipped = shipped.replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        shipped = shipped.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.tls} ssl;")
        shipped = shipped.replace("/etc/ssl/", f"{self.folder}/").replace(
            "/var/log/nginx/", f"{self.folder}/"
        )
        for shipped_limit, limit in self.limits.items():
            shipped = shipped.replace(shipped_limit, limit)
        paths = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return f"daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log;\nevents {{ worker_connections 4096; }}\nhttp {{\n{paths}{shipped}\n}}\n"

    def start(self, port: int) -> None:
        """Start one process and wait until it answers."""
        environment = {
            **os.environ,
            "SELFCHECK_SECRET_KEY": "one secret of all",
            "SELFCHECK_HTTPS": "1",
            "SELFCHECK_TRUSTED_PROXIES": "1",
        }
        command = [sys.executable, "-m", "selfcheck", "serve", "--port", str(port)]
        with (self.folder / f"{port}.log").open("ab") as log:
            self.processes[port] = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
        wait_for(port, self.folder / f"{port}.log")

    def end(self, port: int, *, kindly: bool) -> None:
        """End one process, by asking (SIGTERM) or at once (SIGKILL)."""
        process = self.processes.pop(port)
        process.terminate() if kindly else process.kill()
        process.wait(SECONDS)

    def begin(self) -> None:
        """Start everything."""
        for port in self.ports:
            self.start(port)
        self.nginx = subprocess.Popen(
            [str(shutil.which("nginx")), "-e", str(self.folder / "error.log"), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        )  # fmt: skip
        wait_for(self.tls, self.folder / "error.log")

    def forbid_writing(self) -> None:
        """From now on nginx has no place for what is sent to it but its memory."""
        shutil.rmtree(self.folder / "client_body")

    def close(self) -> None:
        """End everything that was started."""
        for process in (*self.processes.values(), *([self.nginx] if self.nginx else [])):
            process.terminate()
            process.wait(SECONDS)


def wait_for(port: int, log: Path) -> None:
    """Return once somebody listens there; else say what its log says."""
    for _ in range(SECONDS * 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}: {log.read_text()}")


def certificate(folder: Path) -> None:
    """A certificate for loopback that ends tomorrow."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in NAMES]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "selfcheck.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "selfcheck.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


@contextmanager
def running(
    outside: tuple[int, int] | None = None, limits: Mapping[str, str] = FOR_MANY_AT_ONE_ADDRESS
) -> Iterator[Cluster]:
    """A cluster in a folder of its own, ended at the end."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder), outside, limits)
        try:
            cluster.begin()
            yield cluster
        finally:
            cluster.close()


class Visitor:
    """Somebody whose browser knows one cookie and follows redirects."""

    def __init__(self, port: int) -> None:
        """Trust the certificate of this run only because it is ours."""
        self.port = port
        self.cookie = self.text = ""
        self.trust = ssl.create_default_context()
        self.trust.check_hostname = False
        self.trust.verify_mode = ssl.CERT_NONE

    def request(self, path: str, fields: Mapping[str, object] | None = None) -> HTTPResponse:
        """One answer, read to its end."""
        connection = HTTPSConnection("127.0.0.1", self.port, context=self.trust, timeout=SECONDS)
        body = urlencode(fields, doseq=True) if fields is not None else None
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        self.text = answer.read().decode()
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        connection.close()
        if answer.status >= FAULT:
            raise HTTPException(f"{answer.status} at {path}")
        return answer

    def ask(self, path: str, fields: Mapping[str, object] | None = None) -> str:
        """The text of a page after its redirects."""
        for _ in range(5):
            location = self.request(path, fields).getheader("Location")
            if not location:
                return self.text
            path, fields = location, None
        raise HTTPException(path)

    def journey(self) -> bool:
        """The desk worker's whole way; whether the result is the right one."""
        for slug, said in DESK_WORKER.items():
            page = self.ask(f"/check/{slug}")
            token = TOKEN.search(page)
            self.ask(f"/check/{slug}", {"csrf_token": token[1] if token else "", **said})
        said = json.loads(self.ask("/result/fhir.json"))
        return dict(answered(said)).items() >= ANSWERS


class Processes(Protocol):
    """Processes behind a proxy that can be ended and started."""

    tls: int
    ports: list[int]

    def start(self, port: int) -> None:
        """Start one and wait until it answers."""

    def end(self, port: int, *, kindly: bool) -> None:
        """End one, by asking or at once."""


def journeys(cluster: Processes, count: int, *, seed: int = 1) -> list[str]:
    """Walk that many journeys, a few at a time, while processes end and start; what was wrong with those that
    did not end right.
    """
    chance = random.Random(seed)  # noqa: S311 - which process ends is no secret
    with ThreadPoolExecutor(max_workers=8) as walkers:
        walking = [walkers.submit(Visitor(cluster.tls).journey) for _ in range(count)]
        for port in cluster.ports:  # a deployment: one after the other
            cluster.end(port, kindly=True)
            cluster.start(port)
        while not all(walk.done() for walk in walking):
            port = chance.choice(cluster.ports)
            cluster.end(port, kindly=False)
            cluster.start(port)
            time.sleep(chance.random())
        outcomes = [
            repr(walk.exception() or "the answers are wrong" * (not walk.result())) for walk in walking
        ]
        return [outcome for outcome in outcomes if outcome != "''"]


def main() -> None:
    """Say how many journeys ended with the right result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journeys", type=int, default=200)
    wanted = parser.parse_args().journeys
    started = time.monotonic()
    with running() as cluster:
        wrong = journeys(cluster, wanted)
        complaints = (cluster.folder / "error.log").read_text().splitlines()[-MOST_SHOWN:] if wrong else []
    seconds = time.monotonic() - started
    sys.stdout.write(f"{wanted - len(wrong)} of {wanted} journeys ended right, in {seconds:.0f} s\n")
    sys.stdout.writelines(f"{line}\n" for line in (*wrong, *complaints))


if __name__ == "__main__":
    main()
