"""What the tests of the deployment need on the machine."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture
def nginx() -> None:
    if shutil.which("nginx") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("nginx is not installed")
        pytest.skip("nginx is not installed")
