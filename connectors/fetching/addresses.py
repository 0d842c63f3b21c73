"""Which addresses may be connected to: public ones, and those that the settings allow."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from pipeline.errors import SetupError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")
IPV4_COMPATIBLE = IPv6Network("::/96")
# Reserved since, or judged otherwise by, the lists of older Pythons: local NAT64, 6to4 relays, documentation, SRv6.
RESERVED_TOO: tuple[Network, ...] = (
    IPv6Network("64:ff9b:1::/48"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("3fff::/20"),
    IPv6Network("5f00::/16"),
)
# RFC 6761: these names mean loopback; many resolvers know only "localhost" itself.
LOOPBACK_NAMES = "localhost"


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Read networks such as "127.0.0.1/32" or "10.0.0.0/8"; raise SetupError naming the one that is none."""
    found: list[Network] = []
    for text in written:
        try:
            found.append(ip_network(text, strict=False))
        except ValueError as error:
            raise SetupError(
                f'reading polling.allow_private: {text!r} is no network ({error}); write it like "127.0.0.1/32"'
            ) from error
    return tuple(found)


def is_loopback_name(host: str) -> bool:
    """True for "localhost" and every name under it."""
    name = host.rstrip(".").lower()
    return name == LOOPBACK_NAMES or name.endswith("." + LOOPBACK_NAMES)


def refusal(text: str, allowed: tuple[Network, ...]) -> str | None:
    """Return why the address in `text` may not be connected to, or None when it may.

    An IPv6 address that only carries an IPv4 one (mapped, NAT64, 6to4) is judged by the address that it carries.
    """
    try:
        address = _carried(ip_address(text.partition("%")[0]))
    except ValueError:
        return f"{text} is no IP address"
    if _among(address, allowed):
        return None
    if address.is_multicast:
        return f"{text} is a multicast address"
    if not address.is_global or _among(address, RESERVED_TOO):
        return f"{text} is a private, loopback, link-local or otherwise reserved address"
    return None


def _among(address: Address, listed: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in listed)


def _carried(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in NAT64 or (address in IPV4_COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
