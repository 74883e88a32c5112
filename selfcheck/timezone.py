"""The time zone of the server, kept from being looked for where nothing asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_zone_looked_for() -> Iterator[None]:
    """Have Babel take UTC for the zone of this machine while it is read in: to know the zone's name pytz would open
    six hundred files. Nothing here asks Babel for a time, and the clock of the sheets does not ask Babel.
    """
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        del os.environ["TZ"]
        os.environ.update({} if zone is None else {"TZ": zone})
