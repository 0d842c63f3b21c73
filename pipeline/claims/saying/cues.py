"""The words that attribute: which verbs say, which deny, which only ask, and what their objects must be.

One open table, so that a reader can see and extend it. The verbs were chosen by reading cues of attribution.train
(PolNeAR); verbs of wanting and asking for (urge, demand, hope) are left out: they bring no checkable claim.
"""

from __future__ import annotations

import re

from pipeline.claims.wordlist import words

SAYING = words(
    "say tell add state note explain claim argue insist assert announce declare confirm report reveal disclose warn "
    "admit acknowledge concede maintain contend allege stress emphasize emphasise point remark comment reply respond "
    "answer tweet retweet write post testify recall suggest indicate reiterate repeat affirm observe conclude caution "
    "continue complain inform hint imply boast mention proclaim recount read joke quip assure advise blog signal "
    "speculate counter echo lament swear vow promise pledge quote interject shout exclaim charge accuse correct "
    "retort protest"
)
THINKING = words(
    "believe think estimate predict forecast expect project show find know fear suspect agree learn discover assume "
    "feel realize realise conclude determine guess calculate understand consider reckon"
)
NOUN_CONTENT = words("announce confirm report reveal disclose allege predict claim estimate acknowledge admit")
"""Verbs whose object alone is a claim: "confirmed the death of two men"."""

DENYING = words("deny refute rebut debunk disprove repudiate disavow gainsay")
REFUSING = words("contradict reject dismiss dispute contest disregard decry denounce slam condemn deride")
"""Verbs that deny only when their object is something said (`SAID_THINGS`); else they refuse or deplore."""

QUESTIONING = words("doubt question ask wonder query")
SAID_THINGS = words(
    "claim report allegation accusation suggestion assertion rumor rumour speculation story news charge notion idea "
    "finding statement article figure account insinuation characterization characterisation narrative theory "
    "statistic number conclusion version testimony tweet post comment remark information reporting coverage "
    "implication description criticism contention conspiracy estimate data publication"
)
DENIABLE_ACCESS = words(
    "access entry bail visa permission request motion appeal application petition license licence permit service "
    "coverage right rights benefit benefits asylum parole treatment care chance opportunity visas funding"
)
"""What is denied *to* somebody: refused, not said to be untrue."""

SHOWING = words("show suggest indicate reveal imply signal read find")
EVIDENCE = words(
    "study survey poll report research data figure statistic document record investigation audit review analysis "
    "letter email memo footage video test result evidence source official expert researcher scientist analyst witness "
    "police investigator team authority ministry agency government company doctor finding inquiry court jury panel "
    "filing paper leak recording transcript estimate"
)
"""What can show or suggest a claim, besides those with a name."""

CITING = words("cite quote")
NOUNS = words(
    "statement claim report allegation assertion announcement warning admission accusation suggestion comment remark "
    "account testimony prediction estimate forecast argument belief view conclusion finding evidence news rumor rumour "
    "speculation message letter tweet post word confirmation declaration insistence indication sign revelation "
    "concern fear complaint theory notion idea opinion promise pledge"
)
"""Nouns that make a claim of what follows: "the claim that …", "in a statement"."""

_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "know": "knew known", "think": "thought", "read": "",
    "find": "found", "show": "shown", "feel": "felt", "swear": "swore sworn", "understand": "understood",
}  # fmt: skip


def _forms(verb: str) -> set[str]:
    stem = verb[:-1] if verb.endswith("e") else verb
    past = {verb + "d"} if verb.endswith("e") else {verb + "ed", verb + verb[-1] + "ed"}
    forms = {verb, verb + "s", stem + "ing", verb + verb[-1] + "ing", *past, *_IRREGULAR.get(verb, "").split()}
    if verb.endswith("y"):
        forms |= {verb[:-1] + "ied", verb[:-1] + "ies"}
    return forms | ({verb + "es"} if verb.endswith(("s", "sh", "ch", "x")) else set())


VERBS = SAYING | THINKING | DENYING | REFUSING | QUESTIONING | CITING
FORMS = frozenset(form for verb in VERBS for form in _forms(verb)) | {"according"}
WEAK = words(
    "state states point points post posts show shows showed showing shown know knows known knew think continue "
    "continues continued continuing comment comments read reads find finds found feel feels felt claims report "
    "reports reporting charge charges charged counter project projects note notes question questions vow promise "
    "promised pledge pledged expect expected realized discovered understand considered consider guess agree agreed "
    "learn learned signal contest contests quote blog joke fear fears suspect suspected suspects answer ask condemn "
    "condemned estimate estimates forecast assume share recall swear shout echo dispute calculate feeling finding "
    "leading correct corrects correcting protest protests protesting"
)
"""Forms that are more often something else than a cue: by themselves they are not enough to parse a dull sentence."""

_WORD = re.compile(r"[^\W\d_]+")
_WITH_CLAUSE = re.compile(
    r"\b([a-z]+)(?: that\b|: ?|,? ?[\"“‘«]|, (?=he|she|it|they|we|the)\b)|, ([a-z]+) (?:the|an?|his|her|its)\b"
)


def may_attribute(text: str) -> bool:
    """Whether a word of the text is likely a cue: the cheap test before parsing.

    A word that is more often something else must have a clause or a quotation right after it.
    """
    lowered = text.lower()
    found = {match.group() for match in _WORD.finditer(lowered)} & FORMS
    if not found <= WEAK:
        return True
    if not found:
        return False
    return any(match.group(match.lastindex or 1) in found for match in _WITH_CLAUSE.finditer(lowered))
