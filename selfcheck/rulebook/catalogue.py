"""A text of the furniture to the same in the language of the process; each is looked up once, as looking up
asks the disk for a catalogue every time.
"""

from __future__ import annotations

import gettext as catalogues
from functools import lru_cache

MOST_TEXTS = 4096

gettext = lru_cache(MOST_TEXTS)(catalogues.gettext)
ngettext = lru_cache(MOST_TEXTS)(catalogues.ngettext)
