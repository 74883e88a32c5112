"""The built wheel, installed in an empty folder, assesses answers and serves pages."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, and borrows everything else from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    (packages,) = (folder / "venv").glob("lib/python3.*/site-packages")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(packages), str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return folder / "venv" / "bin" / "python"


def test_the_wheel_assesses_in_an_empty_folder(
    installed: Path, tmp_path: Path, base: dict[str, object]
) -> None:
    done = subprocess.run(
        [str(installed), "-m", "selfcheck", "assess", "-"],
        input=json.dumps(base), cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["disposition"] == "self_care"


def test_the_wheel_serves_its_own_pages(installed: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [str(installed), "-m", "selfcheck", "serve", "--port", "0"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            address = next(word for line in server.stderr for word in line.split() if word.startswith("http"))
            with urlopen(address) as page:  # noqa: S310 - our own server on loopback
                assert "Check your low back, hip or buttock" in page.read().decode()
        finally:
            server.terminate()


def test_the_wheel_brings_rules_templates_and_style(installed: Path, tmp_path: Path) -> None:
    code = "import selfcheck.places as p; print(p.RULES); print(p.TEMPLATES)"
    done = subprocess.run(
        [str(installed), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    rules, templates = (Path(line) for line in done.stdout.split())
    assert rules.parent.name == "selfcheck"
    assert rules.is_file()
    assert (templates / "pages" / "section.html").is_file()
    assert ROOT not in rules.parents
