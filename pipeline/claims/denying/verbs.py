"""Denials by a verb with its subject: "Acme rejected the claim", "the claims, which he denies", "was dismissed by X".

Refusing (a demand, an offer), deploring, keeping something from somebody and ruling in court are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.claims.denying import vocabulary as dw
from pipeline.claims.denying.proposition import proposition, put_to_speaker, said_noun, widened
from pipeline.claims.denying.rejected_phrase import object_after
from pipeline.claims.denying.rejection import Rejection, asserted, cue_span, denier, is_passive, only_seems, tokens_of
from pipeline.claims.naming.names import TITLES
from pipeline.claims.parsed import text_of
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Span
from pipeline.claims.wordlist import words

_COURT = words("judge court magistrate jury tribunal prosecutor prosecution panel justice judges magistrates bench")
_EDITOR = words("editor editors publisher publishers magazine journal reviewer reviewers")
_REFUSED_CLAIM = words(
    "pay wage insurance asylum compensation refugee damages disability title land territorial legal expense benefit "
    "ownership patent copyright warranty injury"
)
_OWN = words("birthright heritage identity citizenship nationality faith existence")
"""What somebody is robbed of, or gives up, where it is denied."""
_NO_DENIER = words("machine film computer server system goalkeeper keeper body stomach striker software filter movie")


def denying_verbs(doc: Any) -> Iterator[Rejection]:
    for match in dw.VERB.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        if span is None or not _is_verb(doc, doc[span[0]]):
            continue
        verb = doc[span[0]]
        if not asserted(doc, verb) or only_seems(doc, verb):
            continue
        one = _passive_denial(doc, verb, match) if is_passive(doc, verb) else _active(doc, verb, span, match)
        if one is not None:
            yield one


def split_verbs(doc: Any) -> Iterator[Rejection]:
    """Read "brushed the report aside"."""
    for match in dw.SPLIT.finditer(text_of(doc)):
        span, phrase = tokens_of(doc, match), tokens_of(doc, match, "what")
        if span is None or phrase is None or said_noun(doc, phrase) is None or not asserted(doc, doc[span[0]]):
            continue
        speaker = denier(doc, doc[span[0]])
        if speaker is not None:
            yield Rejection(span, phrase, proposition(doc, phrase), speaker, told=span)


def _is_verb(doc: Any, verb: Any) -> bool:
    if text_of(doc).isupper():
        return bool(verb.i)
    if verb.dep_ == "amod" or verb.tag_ in ("JJ", "JJR"):
        return False
    if verb.tag_[:2] == "VB":
        return True
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is None or verb.tag_[:2] != "NN" or not verb.i:
        return False
    object_like = after.pos_ in ("DET", "PRON") or after.tag_ in ("PRP$", "IN") or after.lower_ == "that"
    return bool(object_like and doc[verb.i - 1].pos_ in ("NOUN", "PROPN"))


def _passive_denial(doc: Any, verb: Any, match: re.Match[str]) -> Rejection | None:
    subject = next(
        (c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj", "csubj", "csubjpass") and c.i < verb.i), None
    )
    if any(c.dep_ in ("dobj", "dative") for c in verb.children) and match["strong"]:
        return None  # she was denied her pension
    if (verb.dep_ == "acl" and subject is None) or (
        verb.dep_ == "relcl" and (subject is None or subject.lower_ in ("that", "which"))
    ):
        subject = verb.head
    elif subject is None and verb.dep_ in ("conj", "advcl") and verb.head.i < verb.i:
        subject = next((c for c in verb.head.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    by = next((c for c in verb.children if c.lower_ == "by"), None)
    agent = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    if subject is None:
        colon = next((t.i for t in doc[verb.i : verb.i + 12] if t.text == ":"), None)
        phrase = object_after(doc, colon + 1) if colon is not None and verb.i < 3 else None
    else:
        stop = verb.i if subject.i < verb.i else len(doc)
        phrase = object_after(doc, widened(doc, subject.left_edge.i), min(stop, max(subject.right_edge.i + 1, 1)))
    if phrase is None or not _deniable(doc, phrase, match, verb):
        return None
    if agent is not None and agent.lemma_.lower() in _COURT | _NO_DENIER:
        return None
    target = proposition(doc, phrase) or _after_verb(doc, verb)
    cue = cue_span(verb, match, doc)
    end = cue[1] if agent is None else max(cue[1], agent.i + 1)
    told = (phrase[0], end) if phrase[0] < cue[0] else None
    return Rejection(cue, phrase, target, None if agent is None else agent.i, told=told, passive=True)


def _after_verb(doc: Any, verb: Any) -> Span | None:
    """Return "that it had closed" after "it was denied"."""
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    return None if clause is None else object_after(doc, clause.left_edge.i, clause.right_edge.i + 1)


def _active(doc: Any, verb: Any, span: Span, match: re.Match[str]) -> Rejection | None:
    phrase = _before_relative(doc, verb) or object_after(doc, span[1])
    as_untrue = dw.AS_UNTRUE.match(text_of(doc)[doc[span[1]].idx :][:160]) if span[1] < len(doc) else None
    if as_untrue is not None:
        after = doc.char_span(doc[span[1]].idx, doc[span[1]].idx + as_untrue.end(), alignment_mode="expand")
        phrase = object_after(doc, after.end)
    if phrase is None or (as_untrue is None and not _deniable(doc, phrase, match, verb)):
        return None
    speaker = denier(doc, verb) if doc[phrase[0]].lower_ not in ("nothing", "nobody") else None
    if speaker is None or doc[speaker].lemma_.lower() in _NO_DENIER or _ruling(doc, phrase, match, speaker):
        return None
    cue = cue_span(verb, match, doc)
    told = (cue[0], phrase[1]) if phrase[0] >= cue[1] else None
    target = proposition(doc, phrase) or (put_to_speaker(doc, (0, verb.i)) if told is None else None)
    return Rejection(cue, phrase, target, speaker, told=told)


def _before_relative(doc: Any, verb: Any) -> Span | None:
    """Return what a relative clause denies: "the claims, which he denies", "a charge he denies"."""
    if verb.dep_ not in ("relcl", "advcl", "ccomp"):
        return None
    which = next(
        (
            c
            for c in verb.children
            if c.lower_ in ("which", "that") and c.i < verb.i and c.dep_ in ("dobj", "nsubjpass", "mark")
        ),
        None,
    )
    bare = (
        which is None and verb.dep_ == "relcl" and not any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in verb.children)
    )
    if (which is None or which.dep_ == "mark" or (which.lower_ == "that" and which.dep_ != "dobj")) and not bare:
        return None
    start = verb.head.left_edge.i if verb.head.pos_ in ("NOUN", "PROPN") else 0
    stop = which.i if which is not None else next((c.i for c in verb.children if c.dep_ == "nsubj"), verb.i)
    while stop > start and (doc[stop - 1].is_punct or doc[stop - 1].pos_ in ("DET",)):
        stop -= 1
    return (start, stop) if start < stop and verb.head.i < verb.i else None


def _deniable(doc: Any, phrase: Span, match: re.Match[str], verb: Any) -> bool:
    """Whether the object of a verb is something said, not something asked for, offered or done."""
    own = re.match(r"disown|disavow|distanc|debunk|wash|disclaim", match.group(), re.IGNORECASE) is not None
    noun = said_noun(doc, phrase, media=own)
    if own and match.group().lower().startswith("wash"):
        return True
    if match["strong"]:
        if noun is not None:
            return doc[noun].lower_ not in ("claim", "claims") or not _insured(doc, phrase, noun, verb)
        if verb.lemma_.lower() in ("disavow", "repudiate", "disclaim"):
            return (
                re.search(
                    r"\b(?:responsib|knowledge|involvement|role|link|ownership|interest)",
                    doc[phrase[0] : phrase[1]].text,
                    re.I,
                )
                is not None
            )
        return not _of_access(doc, phrase, verb)
    if noun is None and verb.lemma_.lower() == "contradict":
        return (
            doc[phrase[0] : phrase[1]].root.pos_ == "PROPN" or doc[phrase[0] : phrase[1]].root.lemma_.lower() in TITLES
        )
    if noun is None:
        pointer = doc[phrase[0]].lower_ in ("this", "that", "it") and phrase[1] - phrase[0] == 1
        return pointer and verb.lemma_.lower() in ("dispute", "contest", "contradict", "reject", "rubbish", "discredit")
    before = doc[noun - 1].lower_ if noun else ""
    after = doc[noun + 1].lower_ if noun + 1 < len(doc) else ""
    lowered = doc[noun].lower_
    if lowered in ("claim", "claims") and (before in _REFUSED_CLAIM or after == "for"):
        return False
    if lowered in ("idea", "ideas", "notion", "view", "line", "theory", "talk") and after == "of":
        return "of" not in (after,) or lowered in ("theory", "talk", "notion")
    if lowered.startswith("criticism") or dw.PUSHING.search(match.group()):
        accused = re.fullmatch(rf"{dw.ACCUSED}|reports?|accounts?|stor(?:y|ies)", lowered) is not None
        return after == "that" or (accused and not lowered.startswith("criticism"))
    if match["harsh"]:
        accused = re.fullmatch(dw.ACCUSED, doc[noun].text, re.IGNORECASE) is not None
        return accused and (
            after in ("that", "of", "about", "made", "by", "from") or proposition(doc, phrase) is not None
        )
    return True


def _insured(doc: Any, phrase: Span, noun: int, verb: Any) -> bool:
    """Whether a claim is asked for rather than said: "the insurer denied her claim"."""
    before = {t.lower_ for t in doc[max(0, verb.i - 8) : verb.i]} | {doc[noun - 1].lower_}
    plain = noun + 1 == phrase[1] and doc[noun].lower_ == "claim"
    return (bool(before & (_REFUSED_CLAIM | {"insurer", "insurers"})) and plain) or (
        noun + 1 < phrase[1] and doc[noun + 1].lower_ == "for"
    )


def _of_access(doc: Any, phrase: Span, verb: Any) -> bool:
    """Whether something is denied *to* somebody: bail, a visa, a goal, "denied Rovers with a save"."""
    if doc[phrase[0]].lower_ == "that" and phrase[1] - phrase[0] > 1:
        return False
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    inside = [t for t in doc[phrase[0] : phrase[1]] if t.pos_ in ("NOUN", "PROPN")]
    head = objects[0] if objects else (inside[0] if inside else None)
    if (
        inside
        and inside[0].i + 1 < phrase[1]
        and doc[inside[0].i + 1].tag_ == "DT"
        and doc[inside[0].i + 1].lower_ != "that"
    ):
        return True
    if len([c for c in objects if c.dep_ != "nsubjpass"]) > 1:
        return True
    if head is None:
        return False
    if any(t.lemma_.lower() in cues.DENIABLE_ACCESS | _OWN for t in (head, *inside[:1])):
        return True
    if head.pos_ == "PRON" and head.lower_ in ("him", "her", "them", "us", "me", "you"):
        return True
    after = doc[head.i + 1] if head.i + 1 < len(doc) else None
    named = head.tag_ == "NNP" and not _headline(doc)
    denied_to = any(t.lower_ == "to" and t.head.i == verb.i and t.dep_ in ("dative", "prep") for t in verb.children)
    return denied_to or (named and after is not None and after.lower_ in ("a", "an", "the", "with", "from", "his"))


def _headline(doc: Any) -> bool:
    """Whether capitals say nothing about names: "Minister Denies Affair With Lobbyist"."""
    long = [t for t in doc if len(t) > 3 and t.is_alpha]
    return bool(long) and sum(t.text[0].isupper() for t in long) > 0.7 * len(long)


def _ruling(doc: Any, phrase: Span, match: re.Match[str], speaker: int) -> bool:
    """Whether a court rules rather than denies: "the judge dismissed the charges"."""
    noun = said_noun(doc, phrase)
    if doc[speaker].lemma_.lower() in _EDITOR and noun is not None:
        return doc[noun].lower_ in ("story", "article", "stories", "articles", "report")
    court = doc[speaker].lemma_.lower() in _COURT
    return (
        court
        and match["strong"] is None
        and (noun is None or doc[noun].lower_.rstrip("s") in ("charge", "claim", "accusation"))
    )
