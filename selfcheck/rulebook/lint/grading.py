"""A text to its Flesch-Kincaid grade: how many years of school it takes to read it.

The formula of Kincaid and others (1975): 0.39 x words per sentence + 11.8 x syllables per word - 15.59.
Syllables are counted by rule: each group of vowel letters is one, a silent e is none, and some groups
that are spoken as two count as two. Against a dictionary such rules are right for about nine
words in ten, and the errors go both ways, so the grade of a passage is right to within about half a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d+(?:[.,:]\d+)*")
SENTENCE = re.compile(r"[.!?:;]+(?:\s+|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = (
    re.compile(
        r"(?:(?<=[aeiouy][^aeiouy])|(?<=[aeiouy][^aeiouy]{2}))e(?=(?:ly|less|ness|ments?|ful|fully|some|thing|times?|one|body|where|fore|work)$)"
    ),
    re.compile(r"(?<=[aeiouy])(?<!i)e$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$"),
    re.compile(r"(?<=[^aeiouytdl])ed$|(?<=[aeiouy]l)ed$|(?<=[aeiouy])ed$"),
    re.compile(r"(?<=[^aeiouycgsxzhl])es$|(?<=[aeiouy]l)es$|(?<=th)es$"),
)
TWO_SOUNDS = re.compile(
    r"(?<![tc])ia|(?<![tscgx])io|(?<=[rv])ie(?=nc)|^(?:[^aeiouy]+|qu)ie(?=[nt])|(?<![qg])ua|ue(?=n)"
    r"|(?<=[aeiouy][^aeiouy])ea$|eo(?!n$|ple)|[aeiouy]ing$|[st]h?ms?$"
)
BY_HEART = {
    "ache": 1,
    "aches": 1,
    "diabetes": 4,
    "every": 2,
    "everyone": 3,
    "everything": 3,
    "evening": 2,
    "fluid": 2,
    "create": 2,
}


class Count(Struct, frozen=True, dict=True):
    """Sentences, words and syllables of a passage."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    def __add__(self, other: Count) -> Count:
        """Both passages read as one."""
        return Count(
            self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables
        )


def syllables(word: str) -> int:
    """How many syllables a word has; a figure is read as one."""
    spoken = word.lower().replace("\u2019", "'").split("'")[0]
    if spoken in BY_HEART:
        return BY_HEART[spoken]
    for silent in SILENT:
        shorter = silent.sub("", spoken)
        spoken = shorter if VOWELS.search(shorter) else spoken
    return max(1, len(VOWELS.findall(spoken)) + len(TWO_SOUNDS.findall(spoken)))


def count(texts: Iterable[str]) -> Count | None:
    """The count over some texts that are read together, or ``None`` where there are no words."""
    total = Count(0, 0, 0)
    for text in texts:
        for sentence in SENTENCE.split(text):
            words = WORD.findall(sentence)
            if words:
                total += Count(1, len(words), sum(syllables(word) for word in words))
    return total if total.words else None
