"""A feature's part in a chance, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Weighed:
    """One feature of a pair: its value and the weight that it has for a label."""

    name: str
    value: float
    weight: float

    @property
    def part(self) -> float:
        """What it adds to the label's total; a chance is e to that total against those of the other labels."""
        return self.value * self.weight


WORDS: Mapping[str, str] = {
    "similarity": "alike in meaning",
    "close": "very alike in meaning",
    "template": "worded alike",
    "overlap": "words shared",
    "jaccard": "all words shared",
    "names": "a name shared",
    "names_apart": "names, none shared",
    "other_subject": "another subject",
    "shared_many": "many words shared",
    "other_day": "other weekdays",
    "short": "a very short claim",
    "negation": "one negates what the other states",
    "opposite": "opposite words",
    "quantity": "figures of one thing apart",
    "loose": "figures apart, perhaps of two things",
    "other_digits": "other digits",
    "about_talk": "one is about talk of it",
    "talk_both": "both are about talk of it",
    "agree": "figures agree",
    "later": "a count that grew",
    "denied": "words of the other denied",
    "denial_one": "one is a denial",
    "denial_both": "both are denials",
    "negation_one": "one has a negation",
    "negation_both": "both have a negation",
    "open_one": "one leaves it open",
    "possible_one": "one says it is possible",
    "planned_one": "one says it is planned",
    "hearsay_one": "one is hearsay",
    "figures_one": "one has figures",
}


def in_words(it: Weighed) -> str:
    """Return a feature and its part: "opposite words where worded alike +1.32"."""
    sign, _, by = it.name.partition("*")
    where = f" × {WORDS.get(by, by)}" if by else ""
    return f"{WORDS.get(sign, sign)}{where} {it.part:+.2f}"
