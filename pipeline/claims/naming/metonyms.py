"""Metonyms: does a capital or a house of government speak and act for its country here, or is it the place?

The literal and the metonymic reading of place names are told by grammatical role and head word, which carry most of
what is to be had (Markert and Nissim, *SemEval-2007 Task 08: metonymy resolution*, ACL 2007).
"""

from __future__ import annotations

from typing import Any

from pipeline.claims.wordlist import words

_ACTS = words(
    "say tell announce deny reject accuse claim insist warn demand urge call agree decide order refuse vow pledge "
    "threaten respond retaliate impose lift sanction summon expel recall recognise recognize withdraw deploy sign "
    "ratify offer propose seek want back support condemn criticise criticize welcome protest invite block veto "
    "sue argue believe consider confirm admit acknowledge declare state report add hope expect plan intend "
    "suspend halt approve send supply arm invade annex negotiate blame dismiss describe see view regard fear "
    "answer react step stop cut break sever maintain describe denounce rebuff signal push press promise fund pay "
    "ban allow test launch strike hit attack hail slam fine counter concede stress note dispute rule pull begin resume "
    "join leave use try continue"
)
_ADDRESSED = words(
    "accuse urge blame warn tell ask press criticise criticize condemn sanction threaten back support inform "
    "assure pressure pressurise provoke anger isolate persuade convince help arm"
)
_BETWEEN = words(
    "talk relation tie deal agreement tension negotiation dispute standoff alliance contact dialogue ceasefire "
    "rift row relationship treaty pact conflict summit diplomacy war rivalry cooperation"
)
_OWNED = words(
    "decision offer demand claim response policy stance position threat interest ally allies envoy ambassador "
    "government support reaction refusal announcement proposal foreign influence interference sanction concern "
    "strategy troops forces approach view role intention"
)
_PLACED = words("in at near outside inside around across from toward towards to through into beyond")


def acts(mention: Any) -> bool:
    """Whether a mention is who says, decides or is spoken to: subject, agent, addressee, party to talks."""
    root = mention.root
    for _ in range(6):
        if root.dep_ != "conj":
            break
        root = root.head
    head = root.head
    if root.dep_ == "nsubj":
        return head.lemma_.lower() in _ACTS or (head.dep_ in ("ROOT", "ccomp") and _plans(head))
    if root.dep_ in ("nsubjpass", "dobj", "obj", "dative"):
        return head.lemma_.lower() in _ADDRESSED
    if root.dep_ == "poss":
        return head.lemma_.lower() in _OWNED
    if root.dep_ != "pobj":
        return False
    if head.dep_ == "agent" or head.lower_ == "by":
        return head.head.lemma_.lower() in _ACTS
    return head.lower_ in ("between", "with", "against") and head.head.lemma_.lower() in _BETWEEN


def _plans(verb: Any) -> bool:
    """Whether "is", "has" or another weak verb leads to an act: "Moscow is ready to respond"."""
    below = [token for token in verb.subtree if token.dep_ in ("xcomp", "acomp") and token.head.i == verb.i]
    return any(token.lemma_.lower() in _ACTS for one in below for token in one.subtree if token.pos_ == "VERB")


def situated(mention: Any) -> bool:
    """Whether a mention is a building where something is: "outside the White House"."""
    root = mention.root
    return root.dep_ == "pobj" and root.head.lower_ in _PLACED
