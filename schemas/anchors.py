"""Text-free quotations: anchors of scheme `tokens-v1`, by which anyone who has a document finds a passage in it.

An anchor is a run of `token_count` consecutive tokens, known only by the SHA-256 of those tokens joined by one space. Because only
tokens count, it survives re-wrapping, other quotation marks, lost markup and changed surroundings; a changed letter or digit inside it never
goes unnoticed. The idea is the Text Quote Selector of the W3C Web Annotation model, without the text.

Normalisation, in this order: drop URLs; NFKC; drop format characters (Cf) and combining marks (Mn); decimal digits to ASCII, Arabic
yeh and kaf to the Persian letters; casefold. Tokens are the maximal runs of letters and digits, without the underscore.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

from schemas.tables import TOKEN_COUNTS

SCHEME = "tokens-v1"

_URL = re.compile(r"https?://[^\s)\]}>]*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_ARABIC_TO_PERSIAN = {0x064A: "ی", 0x0643: "ک"}  # yeh, kaf
_WHITE = re.compile(r"\s")
_BLOCK = 1 << 20
_OVERLAP = max(TOKEN_COUNTS) - 1


class _Fold(dict[int, str | None]):
    """Code point -> what it becomes after NFKC, worked out when first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        result: str | None = character
        if category in ("Cf", "Mn"):
            result = None
        elif category == "Nd":
            result = str(unicodedata.decimal(character))
        elif code in _ARABIC_TO_PERSIAN:
            result = _ARABIC_TO_PERSIAN[code]
        self[code] = result
        return result


_fold = _Fold()


@dataclass(frozen=True)
class Token:
    """A normalised token and where it stands in the raw text, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Anchor:
    """`token_count` consecutive tokens, known by their hash only."""

    token_count: int
    token_sha256: str


class AnchorError(ValueError):
    """A passage of which no anchor can be made; the message says why and what would help."""


def normalise(text: str) -> str:
    """The text as `tokens-v1` sees it, before it is cut into tokens."""
    return unicodedata.normalize("NFKC", _URL.sub("", text)).translate(_fold).casefold()


def token_texts(text: str) -> list[str]:
    """The normalised tokens of a text."""
    return _TOKEN.findall(normalise(text))


def tokens(text: str) -> list[Token]:
    """The normalised tokens of a text with their places in it; slower than `token_texts`, with the same result."""
    result: list[Token] = []
    at = 0
    for url in [*_URL.finditer(text), None]:
        # A dropped URL leaves nothing behind, so the pieces around it would join; it ends at white space or a bracket, which part them.
        end = url.start() if url else len(text)
        for chunk in re.finditer(r"\S+", text[at:end]):
            result.extend(_chunk_tokens(chunk.group(), at + chunk.start()))
        at = url.end() if url else end
    return result


def _chunk_tokens(chunk: str, offset: int) -> Iterator[Token]:
    """Tokens of a piece without white space that begins at `offset`."""
    if chunk.isascii():
        for match in _TOKEN.finditer(chunk):
            yield Token(match.group().casefold(), offset + match.start(), offset + match.end())
        return
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, group in _composing_groups(chunk):
        folded = unicodedata.normalize("NFKC", group).translate(_fold).casefold()
        letters.append(folded)
        spans.extend([(offset + start, offset + start + len(group))] * len(folded))
    for match in _TOKEN.finditer("".join(letters)):
        yield Token(match.group(), spans[match.start()][0], spans[match.end() - 1][1])


def _composing_groups(chunk: str) -> Iterator[tuple[int, str]]:
    """Cut a piece where Unicode composition cannot reach across, so that its parts can be normalised one by one."""
    start = 0
    for i in range(1, len(chunk)):
        if unicodedata.normalize("NFKC", chunk[start:i]) + unicodedata.normalize(
            "NFKC", chunk[i]
        ) == unicodedata.normalize("NFKC", chunk[start : i + 1]) and not unicodedata.combining(chunk[i]):
            yield start, chunk[start:i]
            start = i
    yield start, chunk[start:]


def hash_tokens(run: Iterable[str]) -> str:
    """SHA-256 of normalised tokens joined by one space, in UTF-8, as hexadecimal digits."""
    return sha256(" ".join(run).encode()).hexdigest()


def find_anchors(text: str, anchors: Collection[Anchor]) -> dict[Anchor, list[tuple[int, int]]]:
    """Where each anchor stands in the text: anchor -> (start, end) of every match, in code points.

    Linear in the text, in at most seven passes, however many anchors there are; memory for one block of the text.
    """
    found: dict[Anchor, list[tuple[int, int]]] = {anchor: [] for anchor in anchors}
    wanted: dict[int, dict[bytes, Anchor]] = {}
    for anchor in found:
        wanted.setdefault(anchor.token_count, {})[bytes.fromhex(anchor.token_sha256)] = anchor
    for start, block in _blocks(text):
        hits = list(_hits(token_texts(block), wanted))
        placed = tokens(block) if hits else []
        for first, anchor in hits:
            last = placed[first + anchor.token_count - 1]
            found[anchor].append((start + placed[first].start, start + last.end))
    return {anchor: sorted(set(spans)) for anchor, spans in found.items()}


def _hits(words: list[str], wanted: dict[int, dict[bytes, Anchor]]) -> Iterator[tuple[int, Anchor]]:
    """Index of the first token of every match, with its anchor."""
    encoded = [word.encode() for word in words]
    line = b" ".join(encoded)
    starts = [0]
    for word in encoded:
        starts.append(starts[-1] + len(word) + 1)
    for count, anchors in wanted.items():
        for i in range(len(words) - count + 1):
            digest = sha256(line[starts[i] : starts[i + count] - 1]).digest()
            if digest in anchors:
                yield i, anchors[digest]


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(start, text) of blocks that are cut at white space and overlap by as many tokens as an anchor can have, less one."""
    start = 0
    while start < len(text):
        cut = _WHITE.search(text, start + _BLOCK) if start + _BLOCK < len(text) else None
        end = cut.start() if cut else len(text)
        yield start, text[start:end]
        if end == len(text):
            return
        start += _overlap_start(text[start:end])


def _overlap_start(block: str) -> int:
    """Where in the block the next one must begin, so that no run of tokens is cut in two."""
    pieces = _OVERLAP
    while pieces < len(block):
        head, *tail = block.rsplit(None, pieces)
        if len(tail) < pieces:
            break
        if sum(len(token_texts(piece)) for piece in tail) >= _OVERLAP:
            return len(head)
        pieces *= 2
    # A block of a million characters with hardly a word in it is no prose: nothing to carry over.
    return len(block)


def make_anchor(
    quote: str, figure: str | None = None, text: str | None = None
) -> tuple[Anchor, tuple[int, int] | None]:
    """An anchor for a quotation, and its place in the text if the text is given.

    With the text, the shortest run that holds the figure and matches exactly once in it, taken from the quotation and if need
    be from the words around it. Without, the longest run that the quotation allows, since only that is known to be distinctive.
    Raises AnchorError for a quotation that is not in the text or not unique there, that lacks the figure, or that is too short.
    """
    quoted = token_texts(quote)
    if len(quoted) < min(TOKEN_COUNTS):
        raise AnchorError(
            f"the quotation has {len(quoted)} words; at least {min(TOKEN_COUNTS)} are needed to be distinctive"
        )
    inner = _figure_place(quoted, figure)
    if text is None:
        count = max(count for count in TOKEN_COUNTS if count <= len(quoted))
        if inner[1] - inner[0] > count:
            raise AnchorError(f"the figure {figure!r} is too long for an anchor of {count} words; quote more words")
        first = _window_starts(inner, count, 0, len(quoted))[0]
        return Anchor(count, hash_tokens(quoted[first : first + count])), None
    placed = tokens(text)
    words = [token.text for token in placed]
    at = _places(words, quoted)
    if len(at) != 1:
        raise AnchorError("the quotation is not in the text; paste it letter for letter" if not at else f"the quotation stands {len(at)} times in the text; quote more words around it")  # fmt: skip
    return _shortest_unique(placed, words, (at[0] + inner[0], at[0] + inner[1]), (at[0], at[0] + len(quoted)))


def _figure_place(quoted: list[str], figure: str | None) -> tuple[int, int]:
    """First and last+1 index of the tokens that hold the figure; an empty run in the quotation's middle if there is none.

    Where a script parts no words, the figure is a piece of a longer token.
    """
    if figure is None:
        return len(quoted) // 2, len(quoted) // 2
    needle = token_texts(figure)
    if at := _places(quoted, needle):
        return at[0], at[0] + len(needle)
    start = " ".join(quoted).find(" ".join(needle)) if needle else -1
    if start < 0:
        raise AnchorError(f"the figure {figure!r} is not in the quotation; write it as it stands there")
    ends = list(accumulate(len(token) + 1 for token in quoted))
    return bisect_right(ends, start), bisect_right(ends, start + len(" ".join(needle)) - 1) + 1


def _places(words: list[str], run: list[str]) -> list[int]:
    """Every index at which the run begins."""
    if not run:
        return []
    return [i for i, word in enumerate(words) if word == run[0] and words[i : i + len(run)] == run]


def _window_starts(inner: tuple[int, int], count: int, low: int, high: int) -> list[int]:
    """Starts of windows of `count` within [low, high) that hold `inner`, the best centred first."""
    centre = (inner[0] + inner[1] - count) / 2
    starts = range(max(low, inner[1] - count), min(inner[0], high - count) + 1)
    return sorted(starts, key=lambda start: (abs(start - centre), start))


def _shortest_unique(
    placed: list[Token], words: list[str], inner: tuple[int, int], outer: tuple[int, int]
) -> tuple[Anchor, tuple[int, int]]:
    for low, high in (outer, (0, len(words))):
        for count in TOKEN_COUNTS:
            starts = _window_starts(inner, count, low, high)
            for start in starts[: 2 * max(TOKEN_COUNTS)]:
                run = words[start : start + count]
                if len(_places(words, run)) == 1:
                    span = (placed[start].start, placed[start + count - 1].end)
                    return Anchor(count, hash_tokens(run)), span
    raise AnchorError("no run of up to 32 words around the figure is unique in the text")
