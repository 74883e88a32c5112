"""LHC-Forms, a form program by others, fetched once into a cache folder and served on loopback."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PACKAGE, VERSION = "lforms", "40.1.3"
SHA512 = "WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ=="
PAGE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LHC-Forms</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="webcomponent/styles.css"></head>
<body><div id="form"></div><script src="webcomponent/assets/lib/zone.min.js"></script>
<script src="webcomponent/lhc-forms.js"></script><script src="fhir/R4/lformsFHIR.min.js"></script></body></html>"""


class NotThere(Exception):
    """The package could not be had; the text says why and what would help."""


def unpacked() -> Path:
    """The folder with its files; fetched where the cache has none yet.

    Raises:
        NotThere: without npm, or where the registry does not answer.

    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "selfcheck-tests"
    folder = cache / f"{PACKAGE}-{VERSION}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            archive = _fetched(Path(work))
            with tarfile.open(archive) as packed:
                packed.extractall(work, filter="data")
            (Path(work) / "package").rename(folder)
    return folder / "dist" / "lforms"


def _fetched(work: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise NotThere("no npm on this machine; install Debian's package npm")
    done = subprocess.run([npm, "pack", f"{PACKAGE}@{VERSION}", "--silent"], cwd=work, capture_output=True,
                          text=True, check=False, timeout=300)  # fmt: skip
    archive = work / f"{PACKAGE}-{VERSION}.tgz"
    if done.returncode or not archive.exists():
        raise NotThere(f"npm pack {PACKAGE}@{VERSION} gave nothing: {done.stderr.strip()[-200:]}")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != SHA512:
        raise NotThere(f"{archive.name} is not the file that was tried: its SHA-512 is {found}")
    return archive


class _Files(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server for these files; it ends with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
