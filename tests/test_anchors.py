"""Anchors find their passage in any copy of a text, and never where a letter or digit has changed."""

import re
import string
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas import anchors as module
from schemas.anchors import Anchor, AnchorError, find_anchors, hash_tokens, make_anchor, token_texts, tokens
from schemas.tables import TOKEN_COUNTS

LETTERS = string.ascii_letters + "éüßñçğшяжهکیرانقضاتμαλ" + "0123456789" + "۰۱۲۳۴۵۶۷۸۹"
words = st.text(LETTERS, min_size=1, max_size=8)
texts = st.lists(words, min_size=40, max_size=90).map(" ".join)
any_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)


def anchor_in(text: str, first: int, count: int) -> Anchor:
    """An anchor made by its definition, not by the code under test."""
    return Anchor(count, hash_tokens(token_texts(text)[first : first + count]))


@st.composite
def texts_with_anchor(draw: st.DrawFn) -> tuple[str, Anchor]:
    """A text, and an anchor of some run of its tokens that it has once."""
    text = draw(texts)
    found = token_texts(text)
    count = draw(st.sampled_from(TOKEN_COUNTS))
    first = draw(st.integers(0, len(found) - count))
    anchor = Anchor(count, hash_tokens(found[first : first + count]))
    assume(len(find_anchors(text, [anchor])[anchor]) == 1)
    return text, anchor


def persian_digits(text: str) -> str:
    """ASCII digits as Persian ones."""
    return text.translate({ord(str(i)): "۰۱۲۳۴۵۶۷۸۹"[i] for i in range(10)})


ALTERATIONS = {
    "re-wrapping": lambda t: t.replace(" ", "\n"),
    "indentation": lambda t: t.replace(" ", "\r\n\t  "),
    "other quotes and dashes": lambda t: "“" + t.replace(" ", " ” — ‘ ") + "»",
    "markdown": lambda t: "**" + t.replace(" ", "** _", 1).replace(" ", "_ ", 1) + "**",
    "a link after a word": lambda t: t.replace(" ", " [](https://example.org/a_b?c=1&d=2) ", 1),
    "a bare link between words": lambda t: t.replace(" ", " https://example.org/٣١١٧/six ", 3),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0").replace("\u00a0", "\u202f", 3),
    "bidi marks": lambda t: "\u200f" + t.replace(" ", " \u2067").replace(" ", "\u200e ", 4),
    "zero-width characters in words": lambda t: "\u200b".join(t),
    "soft hyphens": lambda t: re.sub(r"(\w)(\w)", "\\1\u00ad\\2", t),
    "combining marks": lambda t: t.replace("a", "a\u0335"),
    "case": str.swapcase,
    "capitals": str.upper,
    "persian digits": persian_digits,
    "arabic letters": lambda t: t.replace("ی", "ي").replace("ک", "ك"),
    "decomposed letters": lambda t: unicodedata.normalize("NFD", t),
    "text before and after": lambda t: "something else entirely; " + t + ". and more after it",
}


@pytest.mark.parametrize("name", ALTERATIONS)
@given(data=texts_with_anchor())
def test_an_anchor_survives(name: str, data: tuple[str, Anchor]) -> None:
    text, anchor = data
    assume(name not in ("case", "capitals") or not set(text) & set("ßς"))
    assert len(find_anchors(ALTERATIONS[name](text), [anchor])[anchor]) == 1


@given(
    data=texts_with_anchor(),
    at=st.floats(0, 1, exclude_max=True),
    letter=st.sampled_from(string.ascii_lowercase + string.digits),
)
def test_a_changed_letter_or_digit_is_always_noticed(data: tuple[str, Anchor], at: float, letter: str) -> None:
    text, anchor = data
    start, end = find_anchors(text, [anchor])[anchor][0]
    place = start + int(at * (end - start))
    assume(text[place] != " " and token_texts(text[place]) != token_texts(letter))
    changed = text[:place] + letter + text[place + 1 :]
    assert find_anchors(changed, [anchor])[anchor] == []


@given(data=texts_with_anchor())
def test_a_found_place_holds_the_tokens(data: tuple[str, Anchor]) -> None:
    text, anchor = data
    start, end = find_anchors(text, [anchor])[anchor][0]
    assert hash_tokens(token_texts(text[start:end])) == anchor.token_sha256


@given(any_text)
def test_tokens_with_places_are_the_tokens_without(text: str) -> None:
    assert [token.text for token in tokens(text)] == token_texts(text)


@given(any_text)
def test_tokens_stand_in_order_within_the_text(text: str) -> None:
    ends = 0
    for token in tokens(text):
        assert ends <= token.end and 0 <= token.start < token.end <= len(text)
        ends = token.end


@given(data=texts_with_anchor(), block=st.integers(300, 900))
def test_blocks_hide_no_match(data: tuple[str, Anchor], block: int) -> None:
    text, anchor = data
    long = f"{'filler and more ' * 30}{text} {'other words here ' * 40}"
    whole = find_anchors(long, [anchor])
    usual, module._BLOCK = module._BLOCK, block
    try:
        assert find_anchors(long, [anchor]) == whole
    finally:
        module._BLOCK = usual


@given(texts, st.integers(0, 30), st.integers(6, 30))
def test_a_made_anchor_matches_once_or_is_refused(text: str, first: int, length: int) -> None:
    pieces = text.split(" ")
    quote = " ".join(pieces[first : first + length])
    try:
        anchor, span = make_anchor(quote, None, text)
    except AnchorError:
        return
    assert find_anchors(text, [anchor])[anchor] == [span]


@given(texts, st.integers(0, 30))
def test_a_made_anchor_holds_the_figure(text: str, at: int) -> None:
    pieces = text.split(" ")
    pieces[at + 3] = "2,571"
    text = " ".join(pieces)
    try:
        _, span = make_anchor(" ".join(pieces[at : at + 8]), "2,571", text)
    except AnchorError:
        return
    assert span and "2,571" in text[span[0] : span[1]]


def test_an_anchor_of_a_script_without_spaces_holds_its_figure() -> None:
    quote = "人権団体によると、死者は少なくとも2571人に上った、と伝えられた、と同紙は述べた。"
    anchor, _ = make_anchor(quote, "少なくとも2571人")
    assert anchor.token_count == 4


@pytest.mark.parametrize(
    ("quote", "figure", "text", "words"),
    [
        ("only three words", None, None, "at least 4 are needed"),
        ("this is not in the text", None, "a quite different text of nine words in all", "is not in the text"),
        ("one two three four", None, "one two three four and one two three four", "stands 2 times"),
        ("about five words stand here", "2,571", None, "not in the quotation"),
    ],
)
def test_a_quotation_is_refused(quote: str, figure: str | None, text: str | None, words: str) -> None:
    with pytest.raises(AnchorError, match=words):
        make_anchor(quote, figure, text)


def test_the_scheme_gives_the_hash_that_its_definition_gives() -> None:
    """Worked by hand from DESIGN section 7, so that another implementation can be held against it."""
    text = "On “Day 30”, HRANA (https://example.org/day_30) counted ۶٬۱۲۶ deaths; كتاب می\u200cخوانم."
    assert token_texts(text) == ["on", "day", "30", "hrana", "counted", "6", "126", "deaths", "کتاب", "میخوانم"]
    assert hash_tokens(["a", "b", "c", "d"]) == "f82ce1b653e30b1ceb5711bbf75965dd24513011d7daa48bbd8610550154a1fd"
