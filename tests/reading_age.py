"""A text to its Flesch-Kincaid grade: how many years of school it takes to read it.

The formula of Kincaid and others (1975): 0.39 x words per sentence + 11.8 x syllables per word - 15.59.
Syllables are counted by rule: each group of vowel letters is one, a silent final e is none, and a few
endings that the rule gets wrong are put right. Against a dictionary such rules are right for about nine
words in ten, and the errors go both ways, so the grade of a passage is right to within about half a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d+(?:[.,:]\d+)*")
SENTENCE = re.compile(r"[.!?:;]+(?:\s+|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouycgsxz])es$")
TWO_IN_ONE = re.compile(
    r"i(?:a|o(?!u)|um)|[aeiou]ing|eo|(?<!q)ua(?!r)|uou|(?<=[^aeiouy])le[sd]$|[^aeiou]sm(?:s)?$|ism(?:s)?$"
)
ONE_SOUND = re.compile(r"(?<=[tcsg])i(?=o[nu]|al|an|en)|(?<=[tc])ia(?=l)|people|eou(?=s)")


@dataclass(frozen=True)
class Count:
    """Sentences, words and syllables of a passage."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    def __add__(self, other: Count) -> Count:
        return Count(
            self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables
        )


def syllables(word: str) -> int:
    """How many syllables a word has; a figure is read as one."""
    plain = word.lower().replace("\u2019", "'").split("'")[0]
    if not plain.isalpha():
        return 1
    if plain.isupper() or len(plain) <= 3:
        return max(1, len(VOWELS.findall(SILENT_END.sub("", plain))))
    spoken = SILENT_END.sub("", plain)
    found = len(VOWELS.findall(spoken)) + len(TWO_IN_ONE.findall(spoken)) - len(ONE_SOUND.findall(spoken))
    return max(1, found)


def count(texts: Iterable[str]) -> Count | None:
    """The count over some texts that are read together, or ``None`` where there are no words."""
    total = Count(0, 0, 0)
    for text in texts:
        for sentence in SENTENCE.split(text):
            words = WORD.findall(sentence)
            if words:
                total += Count(1, len(words), sum(syllables(word) for word in words))
    return total if total.words else None
