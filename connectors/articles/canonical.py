"""One address for one article: the URL that ids are made of.

The canonical form of an address on a public name is https, without a tracking parameter, an AMP or mobile disguise, a
last slash or an "index.html": so that an id does not depend on which of them was seen first. It is a name, and nearly
always an address, too: pages are fetched from the address that the feed gave.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from courlan.clean import normalize_url, scrub_url
from tld import get_fld

MAX_URL_CHARS = 4_000
"""Longer is no address that a server would take; it is refused before anything looks into it."""
# Only names that never choose an article. courlan's own list also drops "cid", "eid", "source" and the like, which on
# some sites are the article's number: two articles would become one, and one of them be lost.
_TRACKING = re.compile(
    r"^(?:utm_\w*|(?:fb|g|dc|tw|ysc|yc|mc|wbr|gbr)cl?id|fbclid|gclid|gclsrc|dclid|msclkid|igshid|igsh|twclid|yclid|"
    r"mc_[ce]id|_ga|_gl|at_(?:medium|campaign|custom\d|link\w*|format|bbc\w*|ptr\w*)|ns_(?:mchannel|source|campaign|"
    r"linkname|fee)|ocid|cmp(?:id)?|cmpid|ftag|smid|smtyp|partner|traffic_source|xtor|wt[._](?:mc|zmc)\w*|"
    r"guccounter|guce_\w+|__twitter_impression|spm|scm|sr_share|share|feature|ref_?src|rss|taid|mkt_tok|amp|"
    r"amp_(?:js_v|gsa|markup)|usqp|phpsessid|jsessionid)$",
    re.IGNORECASE,
)
_AMP_VALUE = re.compile(r"^(?:outputtype|output|view|format|mode|type)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp/?|/amphtml/?)$|(?<=[\w-])\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_PREFIX = re.compile(r"^/amp(?=/\w)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.(?:s?html?|php)|default\.(?:aspx?|html?))$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_MOBILE_HOST = re.compile(r"^(?:m|mobile|amp|touch|wap)\.", re.IGNORECASE)
_MOBILE_LABEL = re.compile(r"(?<=[a-z])\.m\.(?=[\w-]+\.[\w.-]+$)", re.IGNORECASE)
_IP_HOST = re.compile(r"^[\d.]+$|^\[")
# Copies that others keep of a publisher's AMP pages carry his address in their path: "/amp/s/", "/c/s/" are https.
_CACHE_HOST = re.compile(r"(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com)$|^(?:www\.)?google\.[a-z.]{2,6}$")
_CACHE_PATH = re.compile(r"^/(?:amp|[a-z]{1,2})/(?:s/)?([\w-]+(?:\.[\w-]+)+(?:[/?].*)?)$", re.IGNORECASE)
_MAX_WRAPS = 3
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def canonical(url: str) -> str | None:
    """Return the canonical form of an article's URL, or None when it is no http(s) URL with a host.

    Lower-case host, no default port, user, fragment, tracking parameters or empty query; AMP and mobile forms become
    the plain one, also out of Google's and Bing's caches. Parameters keep their order and their empty values:
    "?12345" is an article's number. https on public names; an address with a port of its own, of a network address or
    of this machine keeps its scheme.
    """
    # A form can hold another one ("m.amp.example.org"), so it is looked at until it stays what it is.
    found = _canonical(url)
    for _ in range(_MAX_WRAPS):
        if found is None or found == url:
            break
        url, found = found, _canonical(found)
    return found


def _canonical(url: str) -> str | None:
    if len(url) > MAX_URL_CHARS:
        return None
    try:
        parts = urlsplit(scrub_url(_unwrapped(url.strip())))
        scheme = parts.scheme.lower()
        if scheme not in ("http", "https") or not parts.hostname:
            return None
        host, port = _host(parts.hostname), _port(parts.port, scheme)
        if not host.strip(".[]"):
            return None
        query = urlencode([pair for pair in _query(parts.query) if not _is_noise(*pair)])
        scheme = "https" if not port and is_public_name(host) else scheme
        plain = str(normalize_url(urlunsplit((scheme, host + port, _path(parts.path, query), "", ""))))
        plain = plain if urlsplit(plain).path else f"{plain}/"
    except (ValueError, AttributeError):
        return None
    return f"{plain}?{query}".replace("=&", "&").removesuffix("=") if query else plain


def _unwrapped(url: str) -> str:
    """Return the address that an AMP cache or a search engine's redirect carries, else the one given."""
    for _ in range(_MAX_WRAPS):
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if not _CACHE_HOST.search(host):
            return url
        if "google." in host and parts.path == "/url":
            query = dict(parse_qsl(parts.query))
            inner = query.get("url") or query.get("q") or ""
        elif "google." in host and not parts.path.startswith("/amp/"):
            return url
        else:
            kept = _CACHE_PATH.match(parts.path)
            inner = f"https://{kept[1]}" + (f"?{parts.query}" if parts.query else "") if kept else ""
        if not re.match(r"https?://", inner):
            return url
        url = inner
    return url


def _query(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _is_noise(name: str, value: str) -> bool:
    return bool(_TRACKING.match(name)) or (value.lower() == "amp" and bool(_AMP_VALUE.match(name)))


def _port(port: int | None, scheme: str) -> str:
    return f":{port}" if port and port != {"http": 80, "https": 443}[scheme] else ""


def _path(path: str, query: str) -> str:
    """Return the path without AMP forms, session, index file and last slash; with a query an index file may matter."""
    path = _AMP_PREFIX.sub("", _AMP_PATH.sub("", _SESSION.sub("", path)))
    path = path if query else _INDEX.sub("/", path)
    return _ESCAPE.sub(_escape, path).rstrip("/") or "/"


def _escape(found: re.Match[str]) -> str:
    """Return "%c3" as "%C3", and "%7E" as the "~" that needs no escape (RFC 3986, 6.2.2)."""
    plain = unquote(found[0], errors="replace")
    return plain if _UNRESERVED.fullmatch(plain) else found[0].upper()


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    if not is_public_name(host):
        return host
    host = _MOBILE_LABEL.sub(".", host)
    plain = _MOBILE_HOST.sub("", host)
    # "m.example.org" is the mobile form of "www.example.org"; "m.co.uk" is a site of that name.
    return f"www.{plain}" if plain != host and host != _registrable(host) else host


def is_public_name(host: str) -> bool:
    """True for a host name of the public web: no network address, no name of this machine."""
    return "." in host and not _IP_HOST.match(host) and not host.endswith((".localhost", ".local", ".internal"))


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
