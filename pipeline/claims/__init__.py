"""Claims: an article comes in, its claims come out.

In: `schemas.article.Article`, plain text with blank lines between paragraphs, any language, any length.
Out: a tuple of `schemas.claim.Claim` in order of position, each with its source, cue, content, stance, what it
denies, its figures and names, a wording that can be read alone, and a check-worthiness score; and, from
`signature.py`, the MinHash by which near copies of an article are recognised.

An article passes the files in this order. `sentences` and `saying/quotations` find spans by scanning characters;
`worth/` judges sentences by their words; `selection` says which are worth parsing and which claims are kept; `reading`
parses those (`parsed`, `tagging`) and asks `saying/` who says what and `denying/` who denies what. `naming/` reads the
article's names, `referring/` says who is meant and words a claim to be read alone, `figures/` and `timing/` read its
figures and days. `draft` and `assembly` put a claim together; `extract` leads the way.
Everything is pure: the same article gives the same claims, whatever was read before it.
"""
