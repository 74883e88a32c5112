"""The guide's commands on a small Debian of its own, booted by systemd, with journeys while its units are ended.

``python -m tests.deploy.machine --journeys 200`` makes it from the last commit in a folder that is removed at the end
(700 MB), with no network of its own once it runs. It needs the rights of root, debootstrap and systemd-nspawn.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tests.deploy.cluster import (
    FOR_MANY_AT_ONE_ADDRESS,
    ROOT,
    SECONDS,
    Visitor,
    certificate,
    journeys,
    wait_for,
)

PACKAGES = "systemd,systemd-sysv,dbus,python3,python3-venv,nginx-light,procps,ca-certificates"
TRUSTED = "etc/ssl/certs/ca-certificates.crt"
GUIDE = ROOT / "docs" / "deploying.md"
UNITS = "selfcheck@*"
RULES = "etc/selfcheck-rules.toml"
NEWER, FAULTY = "9.9.9", "[meta\n"
Found = TypeVar("Found")


def guide() -> tuple[str, str]:
    """What the guide says to type for one machine: to install it, which needs a network, and to start it."""
    found = re.search(
        r"## One machine\n+```sh\n(.*?)(^systemctl .*?)```", GUIDE.read_text(), re.DOTALL | re.MULTILINE
    )
    assert found is not None
    return found[1], found[2]


def tool(name: str) -> str:
    """Where a program is.

    Raises:
        FileNotFoundError: if it is not installed.

    """
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(name)
    return found


def build(root: Path) -> None:
    """A Debian in that folder on which somebody has followed the guide, with a rules file of their own."""
    debian = [tool("debootstrap"), "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(root)]
    subprocess.run(debian, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(f"/{TRUSTED}", root / TRUSTED)
    certificate(root / "etc" / "ssl")
    committed = subprocess.run([tool("git"), "archive", "HEAD"], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    with tarfile.open(fileobj=io.BytesIO(committed.stdout)) as files:
        files.extractall(root / "src", filter="data")
    for name, was, becomes in (
        *(("src/deploy/nginx.conf", was, becomes) for was, becomes in FOR_MANY_AT_ONE_ADDRESS.items()),
        ("etc/nginx/nginx.conf", "worker_connections 768", "worker_connections 4096"),
    ):
        text = (root / name).read_text()
        assert was in text
        (root / name).write_text(text.replace(was, becomes))
    install, _ = guide()
    subprocess.run([tool("chroot"), str(root), "sh", "-ec", f"cd /src\n{install}"], check=True)
    shutil.copy(ROOT / "rules.toml", root / RULES)
    with (root / "etc" / "selfcheck.env").open("a") as settings:
        settings.write(f"SELFCHECK_RULES=/{RULES}\n")


@contextmanager
def booted(root: Path) -> Iterator[int]:
    """The process id of the machine's first process, while it runs."""
    command = [
        tool("systemd-nspawn"),
        "--quiet",
        "-D",
        str(root),
        "--boot",
        "--private-network",
        "--register=no",
    ]
    with tempfile.TemporaryFile() as console:
        nspawn = subprocess.Popen(
            [*command, "--keep-unit", "--console=pipe"], stdin=subprocess.DEVNULL, stdout=console
        )
        try:
            yield until(lambda: _child(nspawn.pid), "the machine does not start")
        finally:
            nspawn.terminate()
            nspawn.wait(SECONDS)


def _child(process: int) -> int:
    """The first child of a process, or 0."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(found[0]) if found else 0


def until(look: Callable[[], Found], otherwise: str) -> Found:
    """What ``look`` finds, once it finds something."""
    for _ in range(SECONDS * 10):
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(otherwise)


class Machine:
    """The booted machine, seen from inside its network: units that can be ended and started."""

    def __init__(self, first: int) -> None:
        """``first`` is the id of its first process."""
        self.first = first
        self.tls = 443
        self.ports = [int(port) for port in re.findall(r"selfcheck@(\d+)", guide()[1])]

    def run(self, *command: str, check: bool = True) -> str:
        """What a command says there."""
        inside = [tool("nsenter"), "-t", str(self.first), "--all", *command]
        return subprocess.run(inside, check=check, stdout=subprocess.PIPE, text=True).stdout

    def start(self, port: int) -> None:
        """Start a unit and wait until it answers."""
        self.run("systemctl", "start", f"selfcheck@{port}")
        wait_for(port, Path(os.devnull))

    def end(self, port: int, *, kindly: bool) -> None:
        """Stop a unit, or kill its process, after which systemd starts it again by itself."""
        unit = f"selfcheck@{port}"
        self.run(*(("systemctl", "stop", unit) if kindly else ("systemctl", "kill", "-s", "KILL", unit)))

    def version(self) -> str:
        """The version of the rules that are in use."""
        visitor = Visitor(self.tls)
        return str(json.loads(visitor.ask("/healthz"))["rules"]["version"])


def walk(first: int, count: int) -> Iterator[str]:
    """What happened on the machine, line by line."""
    machine = Machine(first)
    until(lambda: "running" in machine.run("systemctl", "is-system-running", check=False), "it does not boot")
    machine.run("sh", "-ec", f"cd /src\n{guide()[1]}")
    for port in (*machine.ports, machine.tls):
        wait_for(port, Path(os.devnull))
    wrong = journeys(machine, count)
    yield f"{count - len(wrong)} of {count} journeys ended right while units were stopped, started and killed"
    yield from wrong
    machine.end(machine.ports[0], kindly=False)
    time.sleep(0.5)
    wait_for(machine.ports[0], Path(os.devnull))
    yield "a unit whose process is killed comes back by itself"
    rules = Path("/proc", str(first), "root", RULES)  # as that process sees it
    rules.write_text(rules.read_text().replace(f"version = '{machine.version()}'", f"version = '{NEWER}'", 1))
    machine.run("systemctl", "reload", UNITS)
    until(lambda: machine.version() == NEWER, "the new rules are not taken")
    yield "reload takes new rules"
    rules.write_text(FAULTY)
    machine.run("systemctl", "reload", UNITS)
    until(lambda: f"{rules.name}:1:" in machine.run("journalctl", "-u", UNITS), "the fault is not named")
    assert machine.version() == NEWER
    yield "faulty rules are named in the journal, with their line, and the old ones stay"
    yield machine.run("systemd-analyze", "security", f"selfcheck@{machine.ports[0]}").splitlines()[-1]


def main() -> None:
    """Make the machine, boot it, and go into its network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journeys", type=int, default=200)
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.inside:
        for line in walk(wanted.inside, wanted.journeys):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        build(root)
        with booted(root) as first:
            again = [sys.executable, "-m", "tests.deploy.machine", "--inside", str(first)]
            entered = [tool("nsenter"), "-t", str(first), "--net", *again, "--journeys", str(wanted.journeys)]
            subprocess.run(entered, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
