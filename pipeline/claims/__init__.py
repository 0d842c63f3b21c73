"""Claims: an article comes in, its claims come out.

In: `schemas.article.Article`, plain text with blank lines between paragraphs, any language, any length.
Out: a tuple of `schemas.claim.Claim` in order of position, each with its source, cue, content, stance, what it
denies, its figures and names, a wording that can be read alone, and a check-worthiness score; and, from
`signature.py`, the MinHash by which near copies of an article are recognised.

An article passes the files in this order: `sentences` and `quotations` find spans by scanning characters,
`checkworthy`, `kinds` and `boilerplate` judge sentences by their words, `selection` says which are worth parsing and
which claims are kept, `reading` parses those (`parsed`, `tagging`) and finds who says what (`attribution` by rule,
`tagged` by network) and who denies (`denial_frames` and the files it names), `recogniser` and `registry` read the
article's names, `sources` and `references` say who is meant, `denials` finds what a denial rejects in the article,
`quantities` (with `figures/`), `times` and `entities` read figures, days and names, `standalone` rewords, `draft` and
`assembly` put a claim together, and `extract` leads the way.
Everything is pure: the same article gives the same claims, whatever was read before it.
"""
