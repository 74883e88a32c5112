"""The furniture stands in the application's language in a template once it is compiled."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.web import templates

GERMAN = {
    "Print": "Drucken & <mehr>",
    "100%% sure": "100 %% sicher",
    "About %(n)s minutes.": "Etwa %(n)s Minuten.",
}


class German:
    """A catalogue of three texts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ugettext(self, text: str) -> str:
        self.asked.append(text)
        return GERMAN[text]


def test_texts_are_said_in_the_language_of_the_catalogue_and_looked_up_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = German()
    monkeypatch.setattr(templates, "get_translations", lambda: catalogue)
    source = (
        "{{ _('Print') }}|{{ _('100%% sure') }}|{{ [_('Print')][0] }}|"
        "{{ _('About %(n)s minutes.', n=words) }}|{{ _(words) if words == 'Print' else words }}"
    )
    with app.test_request_context("/"):
        template = app.jinja_env.from_string(source)
        drawn = [template.render(words=words) for words in ("<b>", "<i>")]
    assert drawn == [
        f"Drucken & <mehr>|100 % sicher|Drucken & <mehr>|Etwa {sign} Minuten.|{sign}"
        for sign in ("&lt;b&gt;", "&lt;i&gt;")
    ]
    assert len(catalogue.asked) == len(set(catalogue.asked)) + 1 == 4
