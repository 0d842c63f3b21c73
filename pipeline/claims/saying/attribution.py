"""Attribution within one sentence: who says what, by which word.

A `Frame` is read off the dependency parse: a saying verb, its subject, and its content — a clause, a quotation beside
it, or for some verbs a noun phrase. "According to X", "X: …" and participles (", saying …", ", adding:") are frames
too. The roles are those of PolNeAR (Newell, Margolin and Ruths, LREC 2018): source, cue, content.
Who a quotation without a frame of its own belongs to is decided in `speakers.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.claims.denying.rejection import Rejection
from pipeline.claims.denying.rejections import same_speaker, with_denials
from pipeline.claims.parsed import Parsed, whole_quotation
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Frame, Span, in_quotation, span_of, trim
from pipeline.claims.saying.phrases import according, colon_frames, with_according, with_citing
from pipeline.claims.saying.quotations import Quotation
from pipeline.claims.saying.wordings import in_paper, set_wordings
from pipeline.claims.tagging import FINITE
from pipeline.claims.wordlist import words

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLIMB = ("conj", "advcl", "xcomp", "acl", "dep", "relcl", "prep", "pcomp")
_NO_SPEAKER = words("nothing it there that this which what nobody none anything everything something")
_OPEN_QUESTION = words("whether if how why what who whom when where which")
_CLAUSES = ("ccomp", "parataxis")
_MAX_CLIMB = 4


def frames(
    text: str, parsed: Parsed, inside: list[Quotation], rejected: tuple[Rejection, ...] = ()
) -> tuple[Frame, ...]:
    """Return the frames of a sentence in order, denials among them.

    A frame within the content of another is left out, but for the denial of somebody else, who is not its reporter.
    """
    whole = [quotation for quotation in inside if whole_quotation(text, quotation)]
    free = [token for token in parsed.doc if not in_quotation(parsed, token, inside)]
    found = [frame for token in free if (frame := _frame(parsed, token, whole)) is not None]
    found = with_denials(parsed, found, rejected)
    found = colon_frames(parsed, found, whole) or set_wordings(parsed.doc, found)
    return _outermost(parsed, _merged(parsed, with_according(with_citing(parsed, found))))


def _frame(parsed: Parsed, token: Any, whole: list[Quotation]) -> Frame | None:
    if token.lower_ == "according":
        return according(parsed, token, whole)
    lemma = token.lemma_.lower()
    if lemma not in cues.VERBS or token.tag_[:2] != "VB" or (lemma in cues.CITING and token.tag_ == "VBG"):
        return None
    source = _agent(token) if _passive(token) else _subject(token)
    if token.tag_ == "VBN" and token.i and token.nbor(-1).lower_ == "as":
        return None  # "as expected" attributes nothing
    if source is None or (lemma in cues.SHOWING and not _can_show(source)):
        return None
    negated = any(child.dep_ == "neg" for child in token.children)
    if negated and lemma not in cues.THINKING:
        return None
    content, nominal = _content(parsed, token, lemma, whole)
    opens = not content and _at_end(parsed, token)
    if source.lower_ in _NO_SPEAKER or not (content or opens or _bare(parsed, token)):
        return None
    return Frame(
        cue=_cue_span(token),
        lemma=lemma,
        source=span_of(source, token),
        head=source.i,
        content=content,
        opens=opens or _at_end(parsed, token),
        nominal=nominal,
        negated=negated,
    )


def _passive(token: Any) -> bool:
    if token.lemma_ in cues.CITING:
        return False
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children)


def _agent(token: Any) -> Any | None:
    """Return who says it in the passive: "was told by the envoy"; who is told is no source."""
    by = next((child for child in token.children if child.dep_ == "agent"), None)
    return None if by is None else next((child for child in by.children if child.dep_ == "pobj"), None)


def _can_show(source: Any) -> bool:
    """Whether what shows or suggests something is somebody or a piece of evidence, not any thing or event."""
    return source.pos_ in ("PROPN", "PRON") or source.lemma_.lower() in cues.EVIDENCE


def _subject(token: Any) -> Any | None:
    """Return the head of who speaks: the verb's subject, or that of the verb it hangs on."""
    current = token
    for _ in range(_MAX_CLIMB):
        subjects = [child for child in current.children if child.dep_ in _SUBJECTS]
        if subjects:
            return _speaker(current, _nearer(token, subjects[0]) if current is token else subjects[0])
        if current.dep_ == "relcl":
            return None
        if current.dep_ == "acl" and current.head.pos_ in ("NOUN", "PROPN"):
            return current.head
        if current.dep_ not in _CLIMB or current.head is current:
            return None
        current = current.head
    return None


def _nearer(verb: Any, subject: Any) -> Any:
    """Return the name right before the verb where the parser took a noun further off: ", director Jane Roe said"."""
    before = verb.i - 1
    while before > subject.i and verb.doc[before].tag_ in ("RB", "MD", "VBD", "VBZ") and verb.i - before < 3:
        before -= 1
    token = verb.doc[before]
    if before <= subject.i or token.tag_ not in ("NNP", "NNPS") or token.dep_ in ("npadvmod", "pobj", "nmod"):
        return subject
    start, end = span_of(subject, verb)
    return subject if start <= before < end else token


def _speaker(verb: Any, subject: Any) -> Any | None:
    if verb.dep_ != "relcl":
        return subject
    # "nothing they say can be believed" attributes nothing; "Smith, who said …" does
    return verb.head if subject.lower_ in ("who", "which", "that") else None


def _content(
    parsed: Parsed, token: Any, lemma: str, whole: list[Quotation]
) -> tuple[tuple[tuple[int, int], ...], bool]:
    clause = _clause(token)
    quoted = _quoted(parsed, token, whole)
    if quoted and (clause is None or in_quotation(parsed, clause, whole)):
        return quoted, False
    if clause is not None and clause.i > token.i and token.doc[clause.left_edge.i].lower_ in _OPEN_QUESTION:
        return (), False
    if clause is not None and not (lemma == "find" and not _finite(clause)):
        return _clause_spans(parsed, token, clause), False
    if clause is None and (told := in_paper(token)) is not None:
        return (told,), False
    if _parenthetical(token):
        return _around(parsed, token), False
    if lemma == "accuse":
        return _accused(token), True
    if lemma in cues.NOUN_CONTENT:
        objects = [child for child in token.children if child.dep_ in ("dobj", "xcomp") and child.i > token.i]
        if objects and objects[0].pos_ != "PRON":
            return (_subtree(objects[0]),), objects[0].dep_ == "dobj"
    if lemma in ("tell", "inform", "believe", "estimate", "report", "say", "claim", "allege"):
        clauses = [child for child in token.children if child.dep_ == "xcomp" and child.i > token.i]
        return tuple(_subtree(child) for child in clauses[:1]), False
    return (), False


def _finite(clause: Any) -> bool:
    """Whether a clause states something; "found him guilty" does what it says."""
    return any(token.tag_ in FINITE for token in (clause, *clause.children))


def _accused(token: Any) -> tuple[Span, ...]:
    """Return "the Democrats of scheduling …" after "accused"."""
    accused = next((child for child in token.children if child.dep_ == "dobj"), None)
    of = next((child for child in token.children if child.lower_ == "of" and child.i > token.i), None)
    of = of or next((c for c in accused.children if c.lower_ == "of"), None) if accused is not None else None
    return () if accused is None or of is None else (trim(token.doc, accused.left_edge.i, of.right_edge.i + 1),)


def _clause(token: Any) -> Any | None:
    """Return the root of the clause that is said, or None. "That"-clauses after the cue go first."""
    clauses = [child for child in token.children if child.dep_ in _CLAUSES and child.pos_ != "PUNCT"]
    after = [child for child in clauses if child.i > token.i and child.dep_ == "ccomp"]
    if after:
        return after[0]
    return clauses[0] if clauses else None


def _clause_spans(parsed: Parsed, token: Any, clause: Any) -> tuple[tuple[int, int], ...]:
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if clause.i > token.i:
        return (trim(token.doc, max(start, token.i + 1), end),)
    subject = _subject(token)
    stop = min(token.i, subject.left_edge.i) if subject is not None else token.i
    before = trim(token.doc, min(start, stop), stop)
    return tuple(span for span in (before,) if span[0] < span[1])


def _subtree(token: Any) -> tuple[int, int]:
    return trim(token.doc, token.left_edge.i, token.right_edge.i + 1)


def _parenthetical(token: Any) -> bool:
    inserted = token.dep_ in ("parataxis", "ccomp", "advcl") and token.head.i != token.i and _comma_before(token)
    return inserted and token.tag_ != "VBG"


def _comma_before(token: Any) -> bool:
    left = token.left_edge.i
    return left > 0 and bool(token.doc[left].is_punct or token.doc[left - 1].is_punct)


def _around(parsed: Parsed, token: Any) -> tuple[tuple[int, int], ...]:
    first, last = token.left_edge.i, token.right_edge.i + 1
    spans = (trim(token.doc, 0, first), trim(token.doc, last, len(token.doc)))
    return tuple(span for span in spans if span[1] - span[0] > 1)


def _quoted(parsed: Parsed, token: Any, whole: list[Quotation]) -> tuple[tuple[int, int], ...]:
    """Return the token ranges of the whole quotations in this sentence, unless another verb stands in between."""
    spans = []
    for quotation in whole:
        inner = [t.i for t in parsed.doc if quotation.holds(parsed.start_of(t))]
        if inner:
            spans.append(trim(parsed.doc, inner[0], inner[-1] + 1))
    return tuple(span for span in spans if span[0] < span[1])


def _cue_span(token: Any) -> tuple[int, int]:
    helpers = [child.i for child in token.children if child.dep_ in ("aux", "neg", "auxpass") and child.i < token.i]
    first = min([i for i in helpers if token.i - i <= 3], default=token.i)
    particles = [child.i for child in token.children if child.dep_ == "prt" and child.i == token.i + 1]
    return first, max(particles, default=token.i) + 1


def _at_end(parsed: Parsed, token: Any) -> bool:
    """Whether the sentence ends on the cue or on a colon after it, so that what is said comes next."""
    rest = parsed.doc[token.i + 1 :]
    ends_open = not any(t.text in ".!?" for t in rest[-1:]) and len(rest) <= 1
    colon = bool(len(rest)) and rest[-1].text == ":" and len(rest) <= 16
    return colon or ends_open


def _bare(parsed: Parsed, token: Any) -> bool:
    """Whether the whole sentence is nothing but speaker and cue: "Smith said."."""
    return token.dep_ == "ROOT" and len(parsed.doc) <= 14 and token.lemma_ in cues.SAYING


def _merged(parsed: Parsed, found: list[Frame]) -> list[Frame]:
    """Join "denied the report, saying S": one denial whose content is S and whose target is the report."""
    denial = next((f for f in found if f.denying and f.denied is not None), None)
    if denial is None:
        return found
    cue = parsed.doc[denial.cue[1] - 1]
    saying = [f for f in found if not f.denying and f.cue[0] > cue.i and _hangs_on(parsed.doc[f.cue[1] - 1], cue)]
    if not saying or not (saying[0].content or saying[0].opens):
        return found
    joined = replace(denial, content=saying[0].content, opens=saying[0].opens, nominal=False, explained=True)
    return [joined if f is denial else f for f in found if f is not saying[0]]


def _hangs_on(token: Any, cue: Any) -> bool:
    return bool(token.tag_ == "VBG" and cue.i in (token.head.i, token.head.head.i))


def _outermost(parsed: Parsed, found: list[Frame]) -> tuple[Frame, ...]:
    kept: list[Frame] = []
    for frame in sorted(found, key=lambda f: (-_width(f), f.cue)):
        outer = next((o for o in kept if any(start <= frame.cue[0] < end for start, end in o.content)), None)
        if outer is None:
            kept.append(frame)
        elif (
            frame.denying
            and frame.head not in (None, outer.head)
            and not same_speaker(parsed.doc[frame.head])
            and not outer.denying
        ):
            kept.append(replace(frame, reporter=outer.source, reporter_head=outer.head))
    return tuple(sorted(kept, key=lambda f: f.cue))


def _width(frame: Frame) -> int:
    return sum(end - start for start, end in frame.content)
