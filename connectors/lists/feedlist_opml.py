"""Feed lists in OPML 2.0: read, written, and edited in place, so that what others put there stays. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from connectors.lists.feedlisted import Listed, same_address
from connectors.text import one_line
from pipeline.errors import SetupError

_INDENT = "  "
_OURS = ("text", "xmlurl", "outlet", "kind")
"""Attributes that have a field of their own; `outlet` and `kind` are ours, OPML lets anyone add some."""

Found = Iterator[tuple[Listed | str, str]]
"""Feeds, or what is wrong in place of one, each with where it stands."""


def parse_opml(raw: bytes, where: str) -> tuple[str, Found]:
    """Return the title of a list and its feeds; raises SetupError when it is no OPML."""
    root = _tree(raw, where).getroot()
    title = next((one_line(node.text or "") for node in root.iterfind("head/title")), "")
    return title, ((_listed(node, folders), f"{where}, line {node.sourceline}") for node, folders in _feeds(root, ()))


def _tree(raw: bytes, where: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise SetupError(f"{where}, line {error.lineno}: it is no well-formed XML ({error.msg}); correct it") from error
    if not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise SetupError(f"{where}, line {root.sourceline}: it begins with <{root.tag}>; an OPML list begins <opml>")
    return root.getroottree()


def _feeds(node: Any, folders: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The outlines that are feeds, each with the names of the folders around it. A feed may hold further ones."""
    for child in node.iterchildren():
        inside = folders
        if child.tag == "outline":
            if _address(child):
                yield child, folders
            elif name := _name(child):
                inside = (*folders, name)
        yield from _feeds(child, inside)


def _address(node: Any) -> str:
    given = _lower(node)
    old = given.get("url", "") if given.get("type", "").lower() in ("rss", "atom") else ""
    return (given.get("xmlurl") or old).strip()


def _lower(node: Any) -> dict[str, str]:
    """Attributes by lower-case name: some exporters write xmlURL."""
    return {name.lower(): value for name, value in node.attrib.items()}


def _name(node: Any) -> str:
    given = _lower(node)
    return one_line(given.get("text") or given.get("title") or "")


def _listed(node: Any, folders: tuple[str, ...]) -> Listed:
    given, title = _lower(node), _name(node)
    other = {name: value for name, value in node.attrib.items() if name.lower() not in _OURS}
    plain = {"type": "rss", "title": given.get("title", "") if one_line(given.get("title", "")) == title else None}
    return Listed(
        url=_address(node),
        title=title,
        outlet=one_line(given.get("outlet", "")),
        kind=given.get("kind", "").strip() or "feed",
        folders=folders,
        other=tuple(sorted((name, value) for name, value in other.items() if value != plain.get(name.lower()))),
    )


def write_opml(feeds: Iterable[Listed], title: str = "") -> bytes:
    """Return a whole list in OPML 2.0. Feeds of one folder come together, folders where their first feed stood."""
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    if title:
        etree.SubElement(head, "title").text = title
    for feed in feeds:
        _folder(body, feed.folders).append(_outline(feed))
    etree.indent(root, _INDENT)
    return _bytes(root.getroottree())


def add_to_opml(raw: bytes, feeds: Sequence[Listed], where: str) -> bytes:
    """Return a list with feeds put at the end of their folders; all else stays as it stands."""
    tree = _tree(raw, where)
    root = tree.getroot()
    body = root.find("body")
    body = _appended(root, etree.Element("body")) if body is None else body
    for feed in feeds:
        _appended(_folder(body, feed.folders), _outline(feed))
    return _bytes(tree)


def remove_from_opml(raw: bytes, addresses: Collection[str], where: str) -> bytes:
    """Return a list without the feeds whose `same_address` is among `addresses`; all else stays as it stands."""
    tree = _tree(raw, where)
    for node, _ in list(_feeds(tree.getroot(), ())):
        if same_address(_address(node)) in addresses:
            _removed(node)
    return _bytes(tree)


def _folder(parent: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        inside = (node for node in parent.iterchildren("outline") if not _address(node) and _name(node) == name)
        found = next(inside, None)
        parent = _appended(parent, etree.Element("outline", text=name)) if found is None else found
    return parent


def _outline(feed: Listed) -> Any:
    node = etree.Element("outline", type="rss", text=feed.title or feed.url, xmlUrl=feed.url)
    for name, value in (*feed.other, ("outlet", feed.outlet), ("kind", feed.kind if feed.kind != "feed" else "")):
        if value:
            node.set(name, value)
    return node


def _appended(parent: Any, node: Any) -> Any:
    """Put a node last, on a line of its own as deep as its neighbours."""
    depth = sum(1 for _ in parent.iterancestors())
    close = parent[-1].tail if len(parent) else f"\n{_INDENT * depth}"
    if len(parent):
        parent[-1].tail = parent.text if len(parent) == 1 or not parent[-2].tail else parent[-2].tail
    else:
        parent.text = f"\n{_INDENT * (depth + 1)}"
    node.tail = close
    parent.append(node)
    return node


def _removed(node: Any) -> None:
    """Take a node out with the line break before it; the feeds inside it, if any, take its place."""
    parent, before = node.getparent(), node.getprevious()
    for child in node.iterchildren("outline"):
        node.addprevious(child)
    if node.getnext() is None and before is not None:
        before.tail = node.tail
    elif node.getnext() is None:
        parent.text = node.tail
    parent.remove(node)


def _bytes(tree: Any) -> bytes:
    """The document, in UTF-8; what stands before its root comes on lines of its own, as libxml2 forgets the breaks."""
    root = tree.getroot()
    before = list(root.itersiblings(preceding=True))[::-1]
    parts = [b'<?xml version="1.0" encoding="UTF-8"?>', tree.docinfo.doctype.encode()]
    parts += [bytes(etree.tostring(node, encoding="UTF-8", with_tail=False)) for node in (*before, root)]
    return b"\n".join([*filter(None, parts), b""])
