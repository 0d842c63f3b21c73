"""One address for one article: the URL that ids are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from courlan.clean import normalize_url, scrub_url
from tld import get_fld

# Only names that never choose an article. courlan's own list also drops "cid", "eid", "source" and the like, which on
# some sites are the article's number: two articles would become one, and one of them be lost.
_TRACKING = re.compile(
    r"^(?:utm_\w*|(?:fb|g|dc|tw|ysc|yc|mc|wbr|gbr)cl?id|fbclid|gclid|gclsrc|dclid|msclkid|igshid|igsh|twclid|yclid|"
    r"mc_[ce]id|_ga|_gl|at_(?:medium|campaign|custom\d|link\w*|format|bbc\w*|ptr\w*)|ns_(?:mchannel|source|campaign|"
    r"linkname|fee)|ocid|cmp(?:id)?|cmpid|ftag|smid|smtyp|partner|traffic_source|xtor|wt[._](?:mc|zmc)\w*|"
    r"guccounter|guce_\w+|__twitter_impression|spm|scm|sr_share|share|feature|ref_?src|rss|taid|mkt_tok|amp)$",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(r"(?:/amp/?|/amphtml/?)$|(?<=[\w-])\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_PREFIX = re.compile(r"^/amp(?=/\w)", re.IGNORECASE)
_MOBILE_HOST = re.compile(r"^(?:m|mobile|amp)\.(?=[\w-]+\.[\w.-]+$)", re.IGNORECASE)
_IP_HOST = re.compile(r"^[\d.]+$|^\[")


def canonical(url: str) -> str | None:
    """Return the canonical form of an article's URL, or None when it is no http(s) URL with a host.

    Lower-case host, no default port, user, fragment, tracking parameters or empty query; simple AMP and mobile forms
    become the plain one. Parameters keep their order and their empty values: "?12345" is an article's number.
    """
    try:
        parts = urlsplit(scrub_url(url.strip()))
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        query = urlencode([pair for pair in _query(parts.query) if not _TRACKING.match(pair[0])])
        host = _host(parts.hostname) + (f":{parts.port}" if parts.port else "")
        path = _AMP_PREFIX.sub("", _AMP_PATH.sub("", parts.path)) or "/"
        plain = normalize_url(urlunsplit((parts.scheme.lower(), host, path, "", "")))
    except (ValueError, AttributeError):
        return None
    return f"{plain}?{query}".replace("=&", "&").removesuffix("=") if query else str(plain)


def _query(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return host if _IP_HOST.match(host) or host.endswith(".localhost") else _MOBILE_HOST.sub("www.", host)


def of_page(final_url: str, declared: str | None) -> str | None:
    """Return the canonical URL of a page: the one that it declares, where that may be believed, else its own.

    A declared URL counts only on the same site, and not when it leads to the front page, a common mistake of servers.
    """
    own = canonical(final_url)
    if not own or not declared:
        return own
    try:
        named = canonical(urljoin(final_url, declared.strip()))
    except ValueError:
        return own
    if not named or site_of(named) != site_of(own):
        return own
    return own if urlsplit(named).path in ("", "/") and not urlsplit(named).query else named


@lru_cache(maxsize=10_000)
def _registrable(host: str) -> str:
    return str(get_fld(f"https://{host}/", fail_silently=True) or host)


def host_of(url: str) -> str:
    """Return the lower-case host name of a URL, "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Return the registrable domain of a URL ("bbc.co.uk"), or its host where there is none (localhost, addresses)."""
    return _registrable(host_of(url))
