"""Who a quotation belongs to when its speaker stands in another sentence.

Rules, first that holds: a frame in a sentence the quotation runs through; the speaker before, where a quotation goes
on over paragraphs; a sentence that opened it ("…, adding:"); the speaker of the paragraph; a bare "Smith said." after
it; the last quoted speaker, where a paragraph begins with a quotation and the one before held that speaker's. They
are the conventions of newspapers' style books (one speaker a paragraph, a new speaker is named first).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.claims.denying.rejection import Rejection
from pipeline.claims.parsed import Parsed, whole_quotation
from pipeline.claims.saying.frames import Frame
from pipeline.claims.saying.quotations import Quotation
from pipeline.claims.sentences import Sentence
from pipeline.claims.worth.kinds import Kind

MOSTLY = 0.6
"""From this share of its characters on, a sentence counts as quoted as a whole (half plus the attribution's width)."""

Span = tuple[int, int]


@dataclass
class Unit:
    """A sentence with what was found in it; `parsed` is None where it was not worth parsing.

    `kind` is filled where it is asked for.
    """

    sentence: Sentence
    inside: list[Quotation]
    parsed: Parsed | None = None
    frames: tuple[Frame, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    worth: float = 0.0
    kind: Kind | None = None


@dataclass(frozen=True)
class Saying:
    """One thing said: content in sentence `unit`, by the frame of sentence `frame_unit`. Spans are article offsets."""

    unit: int
    frame_unit: int
    frame: Frame
    content: tuple[Span, ...]
    text: Span
    own: bool
    reporter_unit: int | None = None
    reporter: Frame | None = None


@dataclass
class _State:
    speakers: dict[int, tuple[int, Frame]] = field(default_factory=dict)
    pending: tuple[int, Frame] | None = None
    last: tuple[int, Frame] | None = None
    last_quoted: int = -1


def sayings(text: str, units: list[Unit]) -> list[Saying]:
    """Return everything that is said in the article, in order of position."""
    state = _State()
    _own_quotations(text, units, state)
    found: list[Saying] = []
    for number, unit in enumerate(units):
        found.extend(_of_unit(text, units, number, unit, state))
    return found


def _own_quotations(text: str, units: list[Unit], state: _State) -> None:
    """Note the speaker of each quotation that shares a sentence with its frame, or is followed by a bare one."""
    for number, unit in enumerate(units):
        for frame in unit.frames:
            for quotation in _whole(text, unit):
                if quotation.start not in state.speakers:
                    state.speakers[quotation.start] = (number, frame)
            if not frame.content and not frame.opens and frame.denied is None and number:
                _bare(text, units, number, frame, state)


def _bare(text: str, units: list[Unit], number: int, frame: Frame, state: _State) -> None:
    before = units[number - 1]
    same_paragraph = before.sentence.paragraph == units[number].sentence.paragraph
    if same_paragraph and not before.frames:
        for quotation in _whole(text, before):
            state.speakers.setdefault(quotation.start, (number, frame))


def _of_unit(text: str, units: list[Unit], number: int, unit: Unit, state: _State) -> list[Saying]:
    pending, state.pending = state.pending, None
    if unit.frames:
        speaker = unit.frames[-1]
        state.last = (number, speaker)
        state.pending = next(((number, f) for f in unit.frames if f.opens), None)
        if _whole(text, unit) or state.pending:
            state.last_quoted = unit.sentence.paragraph
        own = [s for frame in unit.frames if (s := _own(text, unit, number, frame)) is not None]
        return own if pending is None else [_passed_on(saying, pending) for saying in own]
    whole = _whole(text, unit)
    if whole:
        return _quoted(text, units, number, unit, whole[0], pending, state)
    if pending is not None and unit.parsed is not None and _follows(units, number, unit):
        span = (unit.sentence.start, unit.sentence.end)
        return [Saying(number, pending[0], pending[1], (span,), span, own=False)]
    return []


def _quoted(
    text: str,
    units: list[Unit],
    number: int,
    unit: Unit,
    quotation: Quotation,
    pending: tuple[int, Frame] | None,
    state: _State,
) -> list[Saying]:
    speaker = state.speakers.get(quotation.start) or pending or _carried(units, unit, quotation, state)
    if speaker is None:
        return []
    state.speakers[quotation.start] = speaker
    state.last, state.last_quoted = speaker, unit.sentence.paragraph
    start = max(unit.sentence.start, quotation.start)
    end = min(unit.sentence.end, quotation.end)
    if _share(unit, quotation) < MOSTLY:
        start, end = unit.sentence.start, unit.sentence.end
    inner = (max(start, quotation.inner_start), min(end, quotation.inner_end)) if end - start else (start, end)
    return [Saying(number, speaker[0], speaker[1], (inner,), (start, end), own=False)]


def _carried(units: list[Unit], unit: Unit, quotation: Quotation, state: _State) -> tuple[int, Frame] | None:
    """Return the speaker that a quotation without any frame takes over from what stands before it."""
    if state.last is None or _share(unit, quotation) < MOSTLY:
        return None
    before = units[state.last[0]].sentence.paragraph
    paragraph = unit.sentence.paragraph
    begins = quotation.start <= unit.sentence.start
    if paragraph == before or quotation.goes_on or (begins and 0 <= paragraph - state.last_quoted <= 1):
        return state.last
    return None


def _follows(units: list[Unit], number: int, unit: Unit) -> bool:
    """Whether a sentence that is not quoted as a whole can be what the sentence before announced."""
    before = units[number - 1].sentence
    return bool(unit.inside) and unit.sentence.paragraph - before.paragraph <= 1


def _share(unit: Unit, quotation: Quotation) -> float:
    start, end = max(unit.sentence.start, quotation.start), min(unit.sentence.end, quotation.end)
    return (end - start) / max(1, unit.sentence.end - unit.sentence.start)


def _whole(text: str, unit: Unit) -> list[Quotation]:
    return [quotation for quotation in unit.inside if whole_quotation(text, quotation)]


def _passed_on(saying: Saying, pending: tuple[int, Frame]) -> Saying:
    """Where the sentence before announced one that cites somebody, its speaker is the reporter."""
    cited = saying.frame.lemma == "cite" and saying.frame.reporter is None
    return replace(saying, reporter_unit=pending[0], reporter=pending[1]) if cited else saying


def _own(text: str, unit: Unit, number: int, frame: Frame) -> Saying | None:
    if unit.parsed is None or frame.source is None:
        return None
    content = tuple(offsets(unit.parsed, span) for span in frame.content)
    if not content and not frame.denying:
        return None
    spans = [*frame.content, frame.source, frame.cue]
    spans += [span for span in (frame.denied, frame.reporter, frame.target) if span is not None]
    start = min(offsets(unit.parsed, span)[0] for span in spans)
    end = max(offsets(unit.parsed, span)[1] for span in spans)
    return Saying(number, number, frame, content, with_marks(text, unit, start, end), own=True)


def offsets(parsed: Parsed, span: Span) -> Span:
    """Return the article offsets of a token range."""
    return parsed.start_of(parsed.doc[span[0]]), parsed.end_of(parsed.doc[span[1] - 1])


def with_marks(text: str, unit: Unit, start: int, end: int) -> Span:
    """Widen a span over the quotation marks and end mark that touch it, within the sentence."""
    sentence = unit.sentence
    while start > sentence.start and text[start - 1] in "\"“‘«'([":
        start -= 1
    while end < sentence.end and text[end] in "\"”’»').,!?]":
        end += 1
    while end > start and text[end - 1] in ", ":
        end -= 1
    return start, end
