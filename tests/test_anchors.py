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


#: Texts in which no word comes twice, so that every quotation of them can be anchored.
distinct_texts = st.lists(st.text("abcdefghij", min_size=3, max_size=8), min_size=60, max_size=80, unique=True).map(
    " ".join
)


@given(distinct_texts, st.integers(0, 25), st.integers(4, 30))
def test_a_quotation_that_is_unique_becomes_the_shortest_anchor_and_matches_once(
    text: str, first: int, length: int
) -> None:
    quote = " ".join(text.split(" ")[first : first + length])
    anchor, span = make_anchor(quote, None, text)
    assert find_anchors(text, [anchor])[anchor] == [span]
    assert span and anchor.token_count == 4 and text[span[0] : span[1]] in quote


@given(
    distinct_texts,
    st.integers(0, 20),
    st.integers(0, 7),
    st.sampled_from(["2,571", "12", "at least 2,571 people in all of it"]),
)
def test_a_made_anchor_holds_the_figure(text: str, first: int, at: int, figure: str) -> None:
    pieces = text.split(" ")
    pieces[first + at] = figure
    text = " ".join(pieces)
    quote = " ".join(pieces[first : first + 8])
    anchor, span = make_anchor(quote, figure, text)
    assert span and figure in text[span[0] : span[1]] and span in find_anchors(text, [anchor])[anchor]
    assert anchor.token_count == min(count for count in TOKEN_COUNTS if count >= len(token_texts(figure)))


@given(distinct_texts, st.integers(0, 20), st.integers(4, 40), st.data())
def test_without_the_text_the_anchor_is_the_longest_that_the_quotation_allows(
    text: str, first: int, length: int, data: st.DataObject
) -> None:
    pieces = text.split(" ")[first : first + length]
    figure = data.draw(st.sampled_from(pieces))
    quote = " ".join(pieces)
    anchor, span = make_anchor(quote, figure)
    assert span is None and anchor.token_count == max(count for count in TOKEN_COUNTS if count <= len(pieces))
    ((start, end),) = find_anchors(text, [anchor])[anchor]
    assert figure in text[start:end].split(" ") and text[start:end] in quote


def test_the_figure_is_taken_from_the_middle_of_its_anchor() -> None:
    """Words on both sides of a figure tell more about it than words on one."""
    quote = "one two three four five 2571 six seven eight nine ten eleven"
    _anchor, span = make_anchor(quote, "2571", quote)
    assert span and quote[span[0] : span[1]] == "four five 2571 six"


def test_words_around_a_quotation_are_taken_in_where_it_needs_them() -> None:
    text = "the toll is nine. the toll is nine, said the ministry. the toll is nine"
    anchor, span = make_anchor("toll is nine, said", "nine", text)
    assert span and find_anchors(text, [anchor])[anchor] == [span] and "nine, said" in text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("character", "becomes"),
    [
        ("\u00ad", None),
        ("\u200f", None),
        ("\u0301", None),
        ("۳", "3"),
        ("٣", "3"),
        ("３", "3"),
        ("ي", "ی"),
        ("ك", "ک"),
        ("a", "a"),
        ("_", "_"),
        ("½", "½"),
    ],
)
def test_a_character_becomes(character: str, becomes: str | None) -> None:
    assert module._Fold()[ord(character)] == becomes


def test_an_anchor_of_a_script_without_spaces_holds_its_figure() -> None:
    quote = "人権団体によると、死者は少なくとも2571人に上った、と伝えられた、と同紙は述べた。"
    anchor, _ = make_anchor(quote, "少なくとも2571人")
    ((start, end),) = find_anchors(quote, [anchor])[anchor]
    assert anchor.token_count == 4 and "少なくとも2571人" in quote[start:end]
    _short, span = make_anchor(quote, "2571人", "前の文。" + quote + "後の文。")
    assert span and "2571人" in ("前の文。" + quote)[span[0] : span[1]]


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
    """Worked by hand from the definition of tokens-v1, so that another implementation can be held against it."""
    text = "On “Day 30”, HRANA (https://example.org/day_30) counted ۶٬۱۲۶ deaths; كتاب می\u200cخوانم."
    assert token_texts(text) == ["on", "day", "30", "hrana", "counted", "6", "126", "deaths", "کتاب", "میخوانم"]
    assert hash_tokens(["a", "b", "c", "d"]) == "f82ce1b653e30b1ceb5711bbf75965dd24513011d7daa48bbd8610550154a1fd"
