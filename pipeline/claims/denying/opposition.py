"""Plain negatives as denials: "it had not cut any staff" rejects what somebody else said before it.

A negative statement alone is none. It is one where the article holds the opposite by another source, where it is an
answer ("No, I am not"), or where its verb says that it answers ("insisted").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.wordlist import words

_AUX = r"(?:did|does|do|was|were|is|are|am|'s|'re|'m|has|have|had|will|would|can|could|should|must|ca|wo)"
_NEGATION = re.compile(
    rf"(?P<aux>\b{_AUX} ?(?:not|n['’]t|never)|\bcannot|\bnever(?: ever)?(?: (?:did|was|were|had|has|have))?)\b",
    re.IGNORECASE,
)
_AFTER_NEGATION = re.compile(
    r"(?: (?:ever|even|yet|actually|been|be|being|in any way|at any time)){0,3}(?P<rest>[^;.!?\"]{0,300})",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"[,;:.\"]")
_NOBODY = re.compile(
    rf"\b(?:there (?:is|was|were|are|has been|had been|have been) no (?P<thing>[^;.!?\"]{{2,200}})|(?:no one|nobody|"
    rf"none(?: of (?:[\w'’-]+ ){{1,4}}?[\w'’-]+?)?|no (?P<subject>(?:[\w'’-]+ ){{0,4}}?[\w'’-]+)) "
    rf"(?={_AUX}\b|\w+ed\b)(?P<rest>[^;.!?\"]{{1,300}}))",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"[\"'“‘ ]*(?:please )?(?:do not|don['’]t|let['’]s not) (?!know\b|think\b|believe\b|want\b)[a-z]", re.IGNORECASE
)
"""An order, which says nothing of what is: "Don't say that"."""
_AGAIN = re.compile(
    r"^(?:that )?(?:it|they|he|she|we|i|there) (?:did|was|were|is|are|has|have|had|does|do|can|will)$", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"(?:since|because|as|if|when|while|although|though|unless|what|who|that is why)\b", re.IGNORECASE
)
_EMPTY = words(
    "at all ever yet so it that do be been being have had has is are was were the a an any in fact of course to not "
    "anymore either true never did done will would"
)
_HELPERS = words(
    "been be being is are was were has have had did do does will would can could the a an any to it he she they we i "
    "you "
    "him her them us his its their our my in on at of for from with by as that this these those and or but so no not "
    "anything anyone anybody nothing ever all"
)
_WORD = re.compile(r"[^\W_]{2,}")
_PRONOUNS = words("it they he she we i there that this")

INSISTING = words("insist maintain protest swear counter retort correct object assure")
"""Verbs that answer: what they say in the negative, somebody else has said or may think."""

EMPHATIC = re.compile(
    rf"\b(?:absolutely|categorically|definitely|certainly|emphatically|at no (?:time|point)|"
    rf"in no way)(?: {_AUX})?\b[^,.;]{{0,12}}?(?:\bnot\b|n['’]t|\bnever\b|"
    rf"(?<=time) |(?<=point) |(?<=way) )",
    re.IGNORECASE,
)
"""A negative said with more force than a mere fact needs: "absolutely did not"."""

ANSWERS = re.compile(r"^[\"'“‘ ]*no[,.:!;-]", re.IGNORECASE)

NEAR = 700
"""Characters before a negative in which its opposite is sought: three or four sentences. A judgement."""


@dataclass(frozen=True)
class Negative:
    """A negative statement: the words that it negates, and whether it leaves them out ("it had not")."""

    positive: str
    words: frozenset[str]
    elliptical: bool
    subject: frozenset[str]
    """The stems of who or what it is said of, none for a pronoun."""
    promise: bool
    verb: str = ""
    """The stem of the first word that is negated."""


def negative(content: str) -> Negative | None:
    """Return what a statement negates, or None where it negates nothing in its first clause."""
    text = ANSWERS.sub("", content[:400], count=1).strip()
    if _ORDER.match(text):
        return None
    nobody = _NOBODY.search(text[:120])
    match = _NEGATION.search(text)
    if nobody is not None and (match is None or nobody.start() <= match.start("aux")):
        subject = (nobody["subject"] or "").strip()
        rest = (nobody["rest"] or nobody["thing"]).strip()
        return Negative(f"{subject} {rest}".strip(), _stems(f"{subject} {rest}"), False, frozenset(), promise=False)
    if match is None:
        return None
    before = _BOUNDARY.split(text[max(0, match.start() - 120) : match.start()])[-1].lstrip()
    after = _AFTER_NEGATION.match(text, match.end())
    if after is None or len(before.split()) > 14 or _SUBORDINATE.match(before):
        return None
    rest = after["rest"].split(", ")[0].strip(" ,")
    subject = re.split(r"\b(?:and|but)\b", before)[-1].strip()
    empty = not any(word.lower() not in _EMPTY for word in _WORD.findall(rest))
    pronoun = subject.lower().split()[-1:] and subject.lower().split()[-1] in _PRONOUNS
    will = re.match(r"(?:wo|will|would|can|ca|could|shall|should|must)", match["aux"], re.IGNORECASE) is not None
    positive = rest if pronoun or not subject else f"{subject} {rest}"
    whose = re.match(r"(?:his|her|its|their|our|my)\b", subject, re.IGNORECASE) is not None
    about = frozenset[str]() if pronoun or not subject or whose else _stems(subject)
    return Negative(positive, _stems(rest), empty, about, promise=bool(pronoun and will), verb=_first(rest))


def opposed(one: Negative, content: str) -> bool:
    """Whether a statement says what a negative one negates: the same predicate, without a negation of its own."""
    if negative(content) is not None:
        return one.elliptical and not one.words and "nobody" not in content.lower()
    if one.elliptical:
        return True
    said = _stems(content)
    shared = one.words & said
    object_too = len(one.words) == 1 or bool((one.words - {one.verb}) & said)
    if one.verb in said and not one.subject and object_too:
        return True
    enough = len(one.words) if len(one.words) <= 2 else (2 * len(one.words) + 2) // 3
    return (
        bool(shared) and len(shared) >= enough and (not one.subject or 2 * len(one.subject & said) >= len(one.subject))
    )


def says_otherwise(content: str) -> bool:
    """Whether a statement only affirms what was negated before it: "it did"."""
    return _AGAIN.match(content.strip(" .,\"'")) is not None


def _stems(text: str) -> frozenset[str]:
    found = (word.lower() for word in _WORD.findall(text[:400]))
    return frozenset(_stem(word) for word in found if word not in _HELPERS)


def _first(text: str) -> str:
    """Return the stem of the first word that says something."""
    return next((_stem(word) for word in map(str.lower, _WORD.findall(text[:100])) if word not in _HELPERS), "")


_BASES = dict(
    pair.split(":")
    for pair in words(
        "stole:steal stolen:steal met:meet took:take taken:take paid:pay sold:sell gave:give given:give knew:know "
        "known:know wrote:write written:write saw:see seen:see went:go gone:go fled:flee left:leave broke:break "
        "broken:break hid:hide hidden:hide spoke:speak spoken:speak bought:buy brought:bring fought:fight held:hold "
        "lost:lose sent:send spent:spend struck:strike won:win withdrew:withdraw withdrawn:withdraw drove:drive "
        "driven:drive fell:fall fallen:fall drank:drink drunk:drink rose:rise risen:rise began:begin begun:begin "
        "chose:choose chosen:choose ran:run built:build caught:catch led:lead lay:lie threw:throw thrown:throw "
        "flew:fly flown:fly grew:grow grown:grow slept:sleep swore:swear sworn:swear told:tell"
    )
)


def _stem(word: str) -> str:
    word = _BASES.get(word, word)
    for ending in ("ting", "ning", "ing", "ed", "es", "s", "d", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)][:6]
    return word[:6]


_ANSWER = re.compile(r"\b(?:no|nobody|none|not|never|cannot)\b|n['’]t\b", re.IGNORECASE)


def may_answer(text: str) -> bool:
    """Whether an article holds a negative at all: the cheap test."""
    return _ANSWER.search(text) is not None
