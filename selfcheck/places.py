"""Where the rules and the templates lie: in the installed package, or beside it in a checkout. And the sizes
of paper that there are templates for.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE if (_PACKAGE / "rules.toml").is_file() else _PACKAGE.parent
RULES = ROOT / "rules.toml"
TEMPLATES = ROOT / "templates"
STATIC = _PACKAGE / "web" / "static"
PAPERS = ("a4", "letter")
