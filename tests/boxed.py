"""The server as the README starts it, in folders of its own, with all it says, writes and keeps open for looking at."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60
SERVE = ("-m", "selfcheck", "serve", "--port", "0")
PARTS = ("selfcheck", "templates", "rules")


class Boxed:
    """A running server. ``address`` is where it is, without the last slash."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        """Start it; its standard output and error are read as they come."""
        self.folder = folder
        self.began = time.time_ns()
        places = {name: folder / name.lower() for name in ("HOME", "TMPDIR", "CWD")}
        for place in places.values():
            place.mkdir()
        environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1",
            "HOME": str(places["HOME"]), "TMPDIR": str(places["TMPDIR"]),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=places["CWD"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._lines: list[bytes] = []
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self.address = self._waited("Serving on ").split()[2].rstrip("/")

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            self._lines.extend(iter(said.readline, b""))

    def _waited(self, words: str) -> str:
        """The first line that holds some words, once it is said."""
        for _ in range(SECONDS * 20):
            found = [line for line in self.said().splitlines() if words in line]
            if found:
                return found[0][found[0].index(words) :]
            time.sleep(0.05)
        raise TimeoutError(self.said())

    def said(self) -> str:
        """Everything on standard output and error so far."""
        return b"".join(self._lines).decode("utf-8", "replace")

    def forbid_writing(self) -> None:
        """From now on not one byte can be written into a file."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (0, 0))

    def written(self) -> dict[str, bytes]:
        """Every file that was made or changed since the start in its folders and in the program's, and every
        file that it holds open, also one without a name. Compiled modules aside: they hold the program,
        and whatever else runs in this checkout compiles them, too.
        """
        places = [self.folder, *(ROOT / part for part in PARTS)]
        found = {
            str(path): path.read_bytes()
            for place in places
            for path in place.rglob("*")
            if "__pycache__" not in path.parts and path.is_file() and path.stat().st_mtime_ns >= self.began
        }
        for number in Path(f"/proc/{self.process.pid}/fd").glob("*"):
            if stat.S_ISREG(number.stat().st_mode):
                found[f"{number} -> {number.readlink()}"] = number.read_bytes()
        return found

    def end(self) -> int:
        """Ask it to end (SIGTERM); its exit status, once everything it said has been read."""
        self.process.terminate()
        status = self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        return status


@contextmanager
def boxed(folder: Path, command: Sequence[str] = SERVE) -> Iterator[Boxed]:
    """A server in this folder until the block ends."""
    server = Boxed(folder, command)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait(SECONDS)
