"""Whose report an article says it is: the agency in its dateline, its byline or its last line."""

from __future__ import annotations

import re

# Names by which agencies are credited, and how each is told. News agencies of the world by their own house styles.
AGENCIES = {
    "Reuters": ("reuters", "thomson reuters"),
    "AP": ("ap", "associated press", "the associated press"),
    "AFP": ("afp", "agence france-presse", "agence france presse"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "UPI": ("upi", "united press international"),
    "PA": ("pa", "pa media", "press association"),
    "EFE": ("efe", "agencia efe"),
    "ANSA": ("ansa",),
    "TASS": ("tass", "itar-tass"),
    "Interfax": ("interfax",),
    "RIA Novosti": ("ria novosti",),
    "Sputnik": ("sputnik",),
    "Xinhua": ("xinhua", "xinhua news agency"),
    "Kyodo": ("kyodo", "kyodo news"),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "PTI": ("pti", "press trust of india"),
    "ANI": ("ani",),
    "IANS": ("ians",),
    "AAP": ("aap", "australian associated press"),
    "Canadian Press": ("cp", "the canadian press", "canadian press"),
    "Bloomberg": ("bloomberg", "bloomberg news"),
    "Anadolu": ("aa", "anadolu", "anadolu agency"),
    "APA": ("apa",),
    "ATS": ("ats", "keystone-ats", "keystone-sda"),
    "Belga": ("belga",),
    "NTB": ("ntb",),
    "TT": ("tt",),
    "Ritzau": ("ritzau",),
    "MTI": ("mti",),
    "PAP": ("pap",),
    "CTK": ("ctk", "čtk"),
    "Lusa": ("lusa",),
    "Ukrinform": ("ukrinform",),
    "Global Research": ("global research",),
}
_CANONICAL = {alias: name for name, aliases in AGENCIES.items() for alias in aliases}
# An unknown name counts as an agency only when it says so: "Meridian Wire", "Northern News Agency", "Press Service".
_AGENCY_WORD = re.compile(r"\b(?:Wire|Agency|Agencies|Newswire|News Service|Press Service|Press|News|Agence|Agentur)$")
_NAME = r"[^()\[\]\n—–]{2,60}"
# "(Reuters) -", "LONDON, June 3 (Meridian Wire) —", "MOSKAU (dpa/AFP) -": before the first dash of the first lines.
_DATELINE = re.compile(rf"^[^\n()]{{0,80}}?\(({_NAME})\)\s*(?:[-—–―:]|\n)")
_CAPITAL_DATELINE = re.compile(rf"^[A-ZÄÖÜÉÈÁÍÓÚÑÇ]{{3,}}[^\n()]{{0,60}}?\(({_NAME})\)[.,]?\s")
_DASHED = re.compile(r"^[A-ZÄÖÜÉÈ][\w .,'/-]{1,50}?[,/]\s*((?-i:[A-Z]{2,5}))\s*[-—–]\s")
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*)?({_NAME}?)(?:\s*\d{{4}})?\s*(?:$|[.,;\n|])", re.I)
_TRAILING = re.compile(rf"[(\[]({_NAME})[)\]]\s*\.?$")
_SOURCE_LINE = re.compile(rf"^(?:source|quelle|fuente|fonte|via|with|from|by)\s*:?\s+({_NAME})\.?$", re.IGNORECASE)
_PUBLISHED_BY = re.compile(
    rf"(?:first|originally) (?:published|appeared|reported) (?:by|in|on|at)\s+(?:the\s+)?({_NAME}?)(?:[.,;]|$)", re.I
)
_HEAD_LINES = 4
_TAIL_LINES = 3
_MAX_BYLINE_CHARS = 300


def credit_of(text: str, authors: tuple[str, ...], outlet: str) -> str | None:
    """Return the agency or outlet that an article says it was taken from, or None.

    Looked for in the dateline, the authors and the last lines, in this order. An outlet's own name is no credit.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = _in_head(lines[:_HEAD_LINES]) or _in_authors(authors) or _in_tail(lines[-_TAIL_LINES:])
    return found if found and found.casefold() != outlet.casefold() else None


def _in_head(lines: list[str]) -> str | None:
    for line in lines:
        for pattern in (_DATELINE, _CAPITAL_DATELINE, _DASHED):
            match = pattern.match(line[:160])
            name = agency(match[1]) if match else None
            if name:
                return name
    return next((name for line in lines[:2] if len(line) < 80 and (name := _said(line))), None)


def _in_authors(authors: tuple[str, ...]) -> str | None:
    for author in authors:
        # Spaces are made one first: a run of them would cost its length squared.
        for part in re.split(r" ?[/|,] ?| (?:and|with|for|via) ", " ".join(author[:_MAX_BYLINE_CHARS].split())):
            name = agency(part)
            if name:
                return name
    return None


def _in_tail(lines: list[str]) -> str | None:
    for line in reversed(lines):
        match = _TRAILING.search(line[-80:])
        name = (agency(match[1]) if match else None) or (_said(line) if len(line) < 200 else None)
        if name:
            return name
    return None


def _said(line: str) -> str | None:
    """A whole line that only credits: "© AFP", "Source: TASS", "Originally published by …"."""
    for pattern in (_COPYRIGHT, _SOURCE_LINE):
        match = pattern.search(line)
        if match and (name := agency(match[1])):
            return name
    match = _PUBLISHED_BY.search(line)
    return match[1].strip() if match else None


def agency(written: str) -> str | None:
    """Return the agency's usual name when the words name one ("dpa/AFP" gives the first), else None."""
    for part in re.split(r" ?[/;,&+] ?| and ", " ".join(written.split()).strip(".")):
        short = part.strip().removeprefix("by ").removeprefix("By ")
        name = _CANONICAL.get(short.casefold())
        # Two and three letters are an agency only in capitals: "pa", "tt" and "ap" are also words.
        if name and (len(short) > 3 or short.isupper() or name == short):
            return name
        if _AGENCY_WORD.search(short) and short[:1].isupper() and len(short.split()) in (2, 3, 4):
            return short
    return None
