"""When two addresses are one page: the ways in which the same page is linked that say nothing about what it shows."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = ("utm_", "fbclid", "gclid", "cid", "cmp", "mc_cid", "mc_eid", "igshid", "ref_src", "noamp", "amp")


def canonical(url: str) -> str:
    """The address without scheme, `www.`, port, fragment, tracking and trailing slash; for comparison only."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url
    query = sorted((name, cell) for name, cell in parse_qsl(parts.query) if not name.casefold().startswith(_TRACKING))
    return f"{host}{parts.path.rstrip('/')}?{urlencode(query)}".rstrip("?")


def same_page(addresses: Iterable[tuple[str, str | None]], apart: bool = False) -> set[str]:
    """The keys of those (key, address) whose page another one has. With `apart`, only where another has the key ""."""
    keys: dict[str, set[str]] = defaultdict(set)
    for key, url in addresses:
        if url:
            keys[canonical(url)].add(key)
    return {key for found in keys.values() if len(found) > 1 and (not apart or "" in found) for key in found} - {""}
