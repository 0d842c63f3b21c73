"""What a pronoun means, where the article leaves one reading; None where it leaves two, or nothing is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.claims.parsed import Parsed
from pipeline.claims.referring import genders
from pipeline.claims.referring.discourse import Discourse
from pipeline.claims.referring.genders import Gender
from pipeline.claims.referring.referent import Referent
from pipeline.claims.saying.frames import Span
from pipeline.claims.wordlist import words

_IT, _THEY = words("it its"), words("they them their")
_BE = words("be is are was were been 's become get turn")  # forms of "be" keep their own lemma
_WEATHER = words("rain snow hail drizzle pour thunder freeze")
_IMPERSONAL = words("seem appear emerge turn follow matter take cost remain transpire feel look sound")
_JUDGE = words("make find think consider deem keep call leave")
_SUBJECTS = ("nsubj", "nsubjpass")
_ANYBODY = words(
    "everyone everybody anyone anybody someone somebody nobody each all many most some those few others whoever one "
    "none"
)
_NATURAL = words(
    "hot cold warm dark late early wet dry windy likely unlikely possible impossible clear unclear true false hard "
    "easy difficult important necessary vital good bad better worse best time about not as common rare obvious "
    "unusual monday tuesday wednesday thursday friday saturday sunday midnight noon dawn dusk"
)


def antecedent(
    token: Any,
    parsed: Parsed,
    discourse: Discourse,
    kept: Sequence[Span] = (),
    barred: frozenset[str] = frozenset(),
) -> Referent | None:
    """Return what a pronoun means, or None.

    `kept` are the token ranges that the reader will see (the whole sentence if empty): a name in them before the
    pronoun explains it, so nothing is to be put in its place. `barred` are names, in lower case, that it cannot mean.
    """
    fitting = fits(token, discourse)
    if fitting is None or impersonal(token) or generic(token) or _ahead(token, parsed, discourse, fitting):
        return None
    inside = [r for r in discourse.own(parsed) if r.last <= token.i and _seen(r, kept)]
    if any(fitting(one) and one.first != token.i for one in inside):
        return None
    person = genders.of_pronoun(token.lower_) is not None
    for distance, spoken in enumerate(discourse.before(parsed)):
        found = [one for one in spoken if fitting(one) and one.key not in barred]
        if not discourse.quoted(parsed.start_of(token)):
            found = [one for one in found if not discourse.quoted(one.start)]
        if person:
            found = [one for one in found if not one.plural]
        if found:
            if person and _one_of_pair(found, spoken):
                return None
            return _chosen(token, found, spoken, distance, person)
        if not person and distance and any(one.role == "subject" for one in spoken):
            return None
    return None


def speaker(token: Any, parsed: Parsed, discourse: Discourse) -> Referent | None:
    """Return who "he" is in "he said": like `antecedent`, but a subject wins over others, as those who act speak."""
    fitting = fits(token, discourse)
    if fitting is None:
        return None
    here = [one for one in discourse.own(parsed) if one.last <= token.i]
    for spoken in (here, *discourse.before(parsed)):
        found = [o for o in spoken if o.named and not o.plural and fitting(o) and not discourse.quoted(o.start)]
        found = [one for one in found if one.role != "modifier"] or found
        subjects = {one.key: one for one in found if one.role == "subject"}
        if found:
            best = subjects or {one.key: one for one in found}
            return next(iter(best.values())) if len(best) == 1 else None
    return None


def fits(token: Any, discourse: Discourse) -> Callable[[Referent], bool] | None:
    """Return the test whether a referent fits the pronoun in number, kind and gender; None for other words."""
    lowered = token.lower_
    gender: Gender | None = genders.of_pronoun(lowered)
    if gender is not None:
        return lambda one: one.kind == "person" and not one.plural and discourse.gender(one) in (gender, None)
    if lowered in _IT:
        return lambda one: not one.plural and (one.kind != "person" or not one.known)
    if lowered in _THEY:
        return lambda one: one.plural
    return None


def _one_of_pair(found: list[Referent], spoken: list[Referent]) -> bool:
    """Whether only one of "A and B" seems to fit, the other being of unknown kind."""
    pairs = [one for one in spoken if one.plural and one.named and " and " in one.wording]
    keys = {one.key for one in found}
    other = [o for pair in pairs for o in spoken if pair.first <= o.first < pair.last and not o.plural]
    return len(keys) == 1 and any(o.key not in keys and o.kind != "person" for o in other) and found[0] in other


def _ahead(token: Any, parsed: Parsed, discourse: Discourse, fitting: Callable[[Referent], bool]) -> bool:
    """Whether the subject that follows explains the pronoun: "When he arrived, Roe …", "In her book Roe …"."""
    node = token
    for _ in range(8):
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("advcl", "relcl", "acl", "pcomp"):
            break
        node = node.head
    subject = next((c for c in node.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > token.i), None)
    if subject is None or token.head.i == subject.i:
        return False
    return any(one.head == subject.i and fitting(one) for one in discourse.own(parsed))


def _seen(one: Referent, kept: Sequence[Span]) -> bool:
    return not kept or any(start <= one.head < end for start, end in kept)


def _chosen(token: Any, found: list[Referent], spoken: list[Referent], distance: int, person: bool) -> Referent | None:
    return _person(found, spoken, distance) if person else _thing(token, found, spoken, distance)


def _person(found: list[Referent], spoken: list[Referent], distance: int) -> Referent | None:
    titles = frozenset().union(*(one.described for one in found if one.named))
    found = [one for one in found if one.named or one.described.isdisjoint(titles)]
    keys = {one.key for one in found}
    named = {one.key for one in found if one.named}
    subjects = [one for one in found if one.role == "subject"]
    if len(keys) == 1:
        one = found[-1]
        alone = distance == 0 and one.role == "subject" and not any(o.named and o.kind == "person" for o in spoken)
        return one if one.named or alone else None
    if len({one.key for one in subjects}) != 1 or not subjects[0].named:
        return None
    rivals = [one for one in found if one.named and one.key != subjects[0].key]
    goes_on = any(one.last - one.first == 1 and one.role == "subject" and _is_pronoun(one) for one in subjects)
    if len(named) == 1 or goes_on or all(one.role == "modifier" and not one.preposition for one in rivals):
        return subjects[0]
    return None


def _is_pronoun(one: Referent) -> bool:
    return " " in one.wording and one.last - one.first == 1


def _thing(token: Any, found: list[Referent], spoken: list[Referent], distance: int) -> Referent | None:
    subjects = {one.key: one for one in found if one.role == "subject"}
    whole = [one for one in subjects.values() if _joins(one, found)]
    if whole:
        return whole[0]
    if len(subjects) == 1:
        one = next(iter(subjects.values()))
        return None if any(_rivals(token, other, one) for other in found) else one
    if subjects or distance:
        return None
    for role in ("object",) if token.dep_ in ("nsubj", "nsubjpass") else ("object", "oblique", "modifier"):
        chosen = {one.key: one for one in found if one.role == role and (one.named or role == "object")}
        if chosen:
            return next(iter(chosen.values())) if len(chosen) == 1 else None
    return None


def _rivals(token: Any, other: Referent, one: Referent) -> bool:
    """Whether another of the same sort stands beside a subject: "Sanova sued Verano. It …"."""
    if other.key == one.key or other.role == "subject":
        return False
    if one.plural:
        acts = one.kind == "person" and token.dep_ == "nsubj" and token.head.lemma_ not in _BE
        return (other.kind == one.kind or not acts) and (other.role == "object" or other.preposition in _BESIDE)
    if token.dep_ in ("nsubj", "nsubjpass") and other.role == "object" and not other.named:
        return other.counted
    alike = other.named and one.named and "thing" not in (one.kind, other.kind)
    return alike and other.kind != "person" and (other.role == "object" or other.preposition in _BESIDE)


_BESIDE = words("with against from to by for than over between like")


def _joins(one: Referent, found: list[Referent]) -> bool:
    """Whether it is all of "A and B" together."""
    return one.plural and " and " in one.wording and all(one.first <= o.first for o in found if o.role == "subject")


def generic(token: Any) -> bool:
    """Whether a pronoun means anybody: "he who pays", "they say"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.lower_ not in _IT and any(_anybody(t, token) for t in token.doc[: token.i]):
        return True
    saying = token.lower_ == "they" and token.head.lemma_ in ("say", "call") and token.head.tag_ == "VBP"
    return bool(after.lower_ == "who" or saying)


def _anybody(subject: Any, token: Any) -> bool:
    return subject.lower_ in _ANYBODY and subject.dep_ in _SUBJECTS and subject not in token.ancestors


def impersonal(token: Any) -> bool:
    """Whether "it" stands for nothing: "It is likely that …", "It rained", "It took two hours to …"."""
    if token.lower_ != "it" or token.dep_ == "poss":
        return False
    if token.dep_ == "expl":
        return True
    verb = token.head
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.i and token.nbor(-1).lemma_ in _JUDGE:
        return bool(after.tag_ in ("JJ", "JJR", "RB", "DT"))  # "made it clear that"
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if verb.lemma_ in _WEATHER or verb.lemma_ == "happen":
        return True
    clause = any(child.dep_ in ("ccomp", "csubj", "xcomp", "advcl", "relcl") for child in verb.children)
    if verb.lemma_ in _IMPERSONAL or (token.dep_ == "nsubjpass" and clause):
        return clause or verb.lemma_ in ("seem", "appear", "emerge", "transpire", "matter", "feel", "look", "sound")
    if verb.lemma_ not in _BE:
        return False
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "advmod", "npadvmod") and c.i > verb.i]
    deeper = any(g.dep_ in ("ccomp", "xcomp", "relcl", "acl", "csubj") for c in said for g in c.children)
    return any(c.lower_ in _NATURAL for c in said) or ((clause or deeper) and bool(said))
