"""What the rules say of a pair, without any model of pairs.

Cheapest first: one claim points to the other as what it denies; too unlike to be related; another subject; signs of
contradiction, weighed by all that was seen of the pair; the same; else compatible or unrelated.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.contradictions.decision import Decision, contradiction
from pipeline.contradictions.features import Seen, template
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.paraphrase import paraphrase, paraphrase_reasons
from pipeline.contradictions.signs import LOOSE_TEMPLATE, counting

UNRELATED_BELOW = 0.2
"""Cosine below which a pair is unrelated whatever its words; matching never sends one, `crossclaim compare` may."""
CONTRADICTION = 0.45
"""Chance from which signs that count make a contradiction. On train and dev pairs of real articles 20 of 24 are right
from here (recall .26) and 24 of 34 from .25 (.32): a false alarm costs more than a miss."""
CERTAIN = 0.55
"""Chance from which any sign does: on written train and dev pairs 36 of 51 more are right, on real ones 1 of 4."""
CERTAIN_OVERLAP = 0.3
"""Overlap that it takes then: "this is fake news" rejects nothing in particular."""
NOT_SAME = 0.5
"""Chance of "same" from which signs are taken to be wording."""
COPY = 0.97
"""Overlap and cosine from which two texts are one text."""
OF_CHANGE = 0.6
"""Score of "nothing has changed" against a change."""
ONE_CHANGE = 0.7
"""Score of one change told in figures and as "most of them"."""
ONE_CHANGE_SIMILARITY = 0.4
"""Cosine that it takes."""
PLAIN = 0.6
"""Score of what is rejected in so many words, or of two figures in one frame, where the weights say less."""
PLAIN_SIMILARITY = 0.5
"""Cosine that it takes."""
PLAIN_FIGURES = 0.4
"""Chance from which two figures in one frame are told: below it 20 of 21 sampled from a replay of 2,888 real articles
were other things counted, rounding or later figures."""
LINKED_SIMILARITY = 0.3
"""Cosine that a denial takes of which only the link in its article says what it denies: below it 11 of 11 sampled from
that replay were false."""
SURE_SIMILARITY = 0.42
"""Cosine that a denial takes which points to a claim or has its words: below it 10 of 10 sampled there were false. Who
rejects figures has other words than who gives them: such a denial takes none."""
LINKED = 0.5
"""Score of a denial of which only the link in its article says what it denies."""
SURE = 0.95
"""Score of a denial that points to the very claim that it denies."""


def by_rules(seen: Seen, similarity: float, chance: Mapping[str, float]) -> Decision:
    """Return what the rules decide; `chance` is what `score.py` makes of the pair's features."""
    if seen.a.text == seen.b.text or seen.a.unmarked == seen.b.unmarked != ():
        return Decision("same", 1.0, ("the same words",), "gate")
    near = similarity >= SURE_SIMILARITY
    sure = [finding for finding in seen.findings if finding.sure and (near or finding.kind == "quantity")]
    if sure:
        return contradiction(sure, SURE)
    linked = [finding for finding in seen.findings if finding.linked]
    if linked and similarity >= LINKED_SIMILARITY:
        return contradiction(linked, LINKED)
    if similarity < UNRELATED_BELOW:
        return Decision("unrelated", 1.0 - max(similarity, 0.0), (f"too unlike in meaning ({similarity:.2f})",), "gate")
    if seen.a.words == seen.b.words and similarity >= COPY and not seen.findings:
        return Decision("same", similarity, ("the same words",), "gate")
    if seen.apart is not None:
        return Decision("unrelated", similarity, (seen.apart,), "gate")
    return _weigh(seen, similarity, chance)


def _weigh(seen: Seen, similarity: float, chance: Mapping[str, float]) -> Decision:
    plain = [finding for finding in seen.findings if finding.plain and _worded_alike(finding, seen)]
    if chance["contradiction"] < PLAIN_FIGURES:
        plain = [finding for finding in plain if finding.kind != "quantity"]
    if plain and similarity >= PLAIN_SIMILARITY:
        return contradiction(plain, max(chance["contradiction"], PLAIN))
    certain = chance["contradiction"] >= CERTAIN and seen.alignment.overlap >= CERTAIN_OVERLAP
    signs = counting(seen, similarity, certain=certain)
    if signs and chance["contradiction"] >= CONTRADICTION and chance["same"] < NOT_SAME:
        return contradiction(signs, chance["contradiction"])
    if signs and any(finding.of_change for finding in signs):
        return contradiction(signs, max(chance["contradiction"], OF_CHANGE))
    if seen.one_change is not None and similarity >= ONE_CHANGE_SIMILARITY:
        reasons = (seen.one_change, *paraphrase_reasons(seen, similarity))
        return Decision("same", max(chance["same"], ONE_CHANGE), reasons, "signs")
    return unless_contradictory(seen, similarity, chance)


def unless_contradictory(seen: Seen, similarity: float, chance: Mapping[str, float]) -> Decision:
    """Return the verdict that chances give a pair that is no contradiction."""
    alike = paraphrase(seen, chance["same"], similarity)
    if alike is not None and chance["same"] >= chance["contradiction"]:
        return Decision(alike, chance["same"], paraphrase_reasons(seen, similarity), "weights")
    if chance["unrelated"] > chance["compatible"]:
        return Decision("unrelated", chance["unrelated"], ("only the topic is shared",), "weights")
    return Decision("compatible", chance["compatible"], ("both can be true",), "weights")


def _worded_alike(finding: Finding, seen: Seen) -> bool:
    """Say whether an opposite word stands in nearly the same sentence; elsewhere it may be about another thing."""
    return finding.kind != "opposite" or template(seen) >= LOOSE_TEMPLATE
