"""A wording into a quantity: one algorithm over the tables of `lexicon`, in any language and script.

The numbers are found first; what stands before and after each is then read as a qualifier. Wording comes from
documents, so whatever cannot be read is an error with the words in it, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from schemas.quantities.lexicon import LANGUAGES
from schemas.quantities.model import NUMBER_BOUNDS, WORDLESS_BOUNDS, Quantity, UnreadableFigure, derive
from schemas.quantities.numerals import (
    WORD_CHARACTER,
    Number,
    base_language,
    find_numbers,
    fold,
    month_names,
    number_words,
    phrases,
    uses_latin_script,
)

MAX_FIGURE_WORDS = 8
"""Words that `figure_text` has at most; a longer wording is a quotation, not a figure."""

MAX_FIGURE_CHARACTERS = 300
"""Characters beyond which no wording is tried, whatever its words; languages without spaces have no other limit."""

_GAP = "¦"  # stands for something that was read and taken out; no phrase contains it
_STRIPPED = " \"'“”„«»()[]{}*_:;,-"
_UNSPACED = re.compile(r"[ऀ-෿฀-๿぀-ヿ㐀-鿿가-힯]")
_PREFIXING = re.compile(r"[֐-ۿ]")
_FRACTIONS = (
    (re.compile(r"\b(?:one|a) (hundred|thousand|million|billion|dozen) and a half\b"), r"1.5 \1"),
    (re.compile(r"\b(?:one|1) and a half (?=(?:hundred|thousand|million|billion|dozen)\b)"), "1.5 "),
    (re.compile(r"\b(\d+) and a half (?=(?:hundred|thousand|million|billion|dozen)\b)"), r"\1.5 "),
    (re.compile(r"\bhalf (?:a |an )?(?=(?:hundred|thousand|million|billion|dozen)\b)"), "0.5 "),
    (re.compile(r"\b(?:a )?quarter (?:of a )?(?=million\b)"), "0.25 "),
)
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)|(?:\d+年)?\d+月\d+日|\d+월 ?\d+일"
)
_JALALI_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
_YEAR_AFTER = re.compile(r"\b(?:in|im|en|em|nel|since|seit|depuis|desde|dal|de|del|yılı|в|از|سال|عام)\s+$")


def _listed(words: str) -> list[str]:
    return words.split()


_ENGLISH_PLURALS = frozenset(
    _listed("""
    people men women children police dead wounded injured detained arrested missing killed youth forces persons
    policemen policewomen servicemen officials troops casualties victims others two three
""")
)
_ENGLISH_HEAD_ENDS = re.compile(
    r"\s(?:of|who|whom|in|from|at|on|by|with|was|were|is|are|has|have|had|shot|killed|aged|named|near|and|that|to|during|after)\b.*|[,(;].*"
)
_DEFINITE = frozenset({"the", "his", "her", "their", "its", "my"})


@dataclass(frozen=True)
class _Phrase:
    text: str
    pattern: re.Pattern[str]
    meaning: str


@dataclass(frozen=True)
class _Words:
    """The compiled tables of one language; every list has its longest phrases first."""

    before: list[_Phrase]
    after: list[_Phrase]
    fillers: frozenset[str]
    vague: list[_Phrase]
    share: list[_Phrase]
    share_alone: list[_Phrase]
    lookalikes: list[_Phrase]
    unquantified: list[_Phrase]
    zero: list[_Phrase]
    single: list[_Phrase]
    persons: list[_Phrase]
    neutral: list[_Phrase]
    age: list[re.Pattern[str]]
    one_age: list[re.Pattern[str]]
    ranges: list[re.Pattern[str]]
    ratios: list[re.Pattern[str]]
    units: list[_Phrase]
    endings: re.Pattern[str] | None
    dates: re.Pattern[str]


def _bounded(phrase: str) -> str:
    """The pattern of a phrase, bounded as its script is: unbounded without spaces, past clitics in Arabic."""
    body = re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\#", "#")
    if _UNSPACED.search(phrase):
        return body
    start = r"(?<!\w)" if re.match(r"\w", phrase) else ""
    if _PREFIXING.search(phrase):
        start += "(?:[وفبلכהול]|ال|وال|بال|لل)?" if len(phrase) > 2 else ""
    end = r"(?!\w)" if re.match(r"\w", phrase[-1]) else ""
    return f"{start}{body}{end}"


@cache
def _compiled(text: str, meaning: str = "") -> list[_Phrase]:
    return [_Phrase(p, re.compile(_bounded(p)), meaning) for p in phrases(text)]


def _longest_first(found: list[_Phrase]) -> list[_Phrase]:
    return sorted(found, key=lambda p: -len(p.text))


@lru_cache
def _words(base: str, language: str) -> _Words:
    entry = LANGUAGES[base]
    entries = [entry] if uses_latin_script(base) else [entry, LANGUAGES["en"]]

    def listed(key: str) -> list[_Phrase]:
        return _longest_first([p for e in entries for p in _compiled(e.get(key, ""))])

    def by_meaning(key: str) -> list[_Phrase]:
        return _longest_first(
            [p for e in entries for meaning, text in e.get(key, {}).items() for p in _compiled(text, meaning)]
        )

    before, after, share = by_meaning("before"), by_meaning("after"), listed("share")
    vague = by_meaning("vague")
    lookalikes = [p for p in before + after if " " in p.text and any(s.pattern.search(p.text) for s in share + vague)]
    fillers = frozenset(f for e in entries for f in phrases(e.get("fillers", "")))
    # "from roughly 5,000 to as high as 36,500": either end of a range may have a qualifier of its own.
    range_fillers = fillers | {p.text for p in before}
    multiples = "|".join(re.escape(m) for m in number_words(base).multipliers)
    endings = "|".join(phrases(entry.get("endings", "")))
    months = "|".join(
        sorted((re.escape(m) for m in month_names(language) - {"may"} if not m.isdigit()), key=len, reverse=True)
    )
    months = "|".join(filter(None, [months, "|".join(phrases(_JALALI_MONTHS)) if base == "fa" else ""])) or "(?!)"
    return _Words(
        before=before,
        after=after,
        fillers=fillers,
        vague=vague,
        share=share,
        share_alone=listed("share_alone"),
        lookalikes=_longest_first(lookalikes),
        unquantified=listed("unquantified"),
        zero=listed("zero"),
        single=listed("single"),
        persons=listed("persons"),
        neutral=listed("neutral"),
        age=[_template(p, fillers) for e in entries for p in _by_length(phrases(e.get("age", "")))],
        one_age=[_template(p, fillers) for e in entries for p in _by_length(phrases(e.get("one_age", "")))],
        ranges=[_template(p, range_fillers) for e in entries for p in _by_length(phrases(e.get("range", "")))],
        ratios=[_template(p, fillers) for e in entries for p in phrases(e.get("ratio", ""))],
        units=listed("units"),
        endings=re.compile(rf"\b({multiples})({endings})\b") if endings else None,
        dates=re.compile(
            rf"\b\d{{1,2}}(?:\.|°|er|st|nd|rd|th)?(?:\s*(?:-|,|and|to|و|y|e|et|und)\s*\d{{1,2}})?\s+(?:de\s+|of\s+)?(?:{months})(?:\s+(?:de\s+)?\d{{4}})?(?!\w)"
            rf"|(?<!\w)(?:{months})\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\d.,]\d)(?:,?\s+\d{{4}})?(?!\w)|(?<!\w)(?:{months})\s+\d{{4}}(?!\w)"
        ),
    )


def _by_length(templates: list[str]) -> list[str]:
    return sorted(templates, key=lambda t: -len(t))


def _template(template: str, fillers: frozenset[str]) -> re.Pattern[str]:
    """The pattern of a template with `#`; fillers may stand before a number, and white space is loose."""
    filler = "|".join(sorted((re.escape(f) for f in fillers), key=len, reverse=True))
    number = rf"(?:(?:{filler})\s+)*#" if filler else "#"
    pieces = [re.escape(piece).replace(r"\ ", r"\s+") for piece in template.split("#")]
    pattern = number.join(pieces)
    start = r"(?<!\w)" if re.match(r"\w", template) and not _UNSPACED.search(template) else ""
    end = r"(?!\w)" if re.match(r"\w", template[-1]) and not _UNSPACED.search(template) else ""
    return re.compile(start + pattern + end)


def read_quantity(wording: str, language: str = "en", bound: str | None = None) -> Quantity:
    """What a figure says, from its words.

    `wording` is the figure as printed, `language` a BCP 47 tag. A `bound` given by a coder replaces the one that the
    words show (the sentence around the figure may carry it); the number is read all the same, except for `share` and
    `unquantified`, which have none. Numbers are people. Raises `UnreadableFigure` when there is no figure in the words,
    more than one, or one that the language does not write so.
    """
    if bound in WORDLESS_BOUNDS:
        return derive(bound)
    read = _read(wording, language)
    if bound is None or bound == read.bound:
        return read
    if bound in NUMBER_BOUNDS and read.value is not None:
        return derive(bound, value=read.value)
    stands = "two ends" if read.bound == "range" else f"{read.bound} {read.vague_term or ''}".strip()
    raise UnreadableFigure(f"{wording!r} reads as {stands}, which is no {bound}: give {read.bound} or another wording")


def _read(wording: str, language: str) -> Quantity:
    if len(wording) > MAX_FIGURE_CHARACTERS:
        raise UnreadableFigure(f"{wording[:40]!r}… is too long: a figure has at most {MAX_FIGURE_WORDS} words")
    base = base_language(language)
    words = _words(base, language if language.split("-")[0] in LANGUAGES else base)
    text = fold(wording)
    if not text:
        raise UnreadableFigure("the wording is empty: the figure as printed is needed")
    if words.endings:
        text = words.endings.sub(r"\1'\2", text)
    for pattern in (_NUMERIC_DATE, words.dates):
        text = pattern.sub(_GAP, text) if pattern.sub("", text).strip() else text
    text = _blank(text, words.neutral)
    for pattern, replacement in _FRACTIONS:
        text = pattern.sub(replacement, text)
    if any(p.pattern.search(text) and find_numbers(p.text, language) for p in words.zero):
        return derive("exact", value=0)
    if any(p.pattern.search(_blank(text, words.lookalikes)) for p in words.share):
        return derive("share")
    if any(p.pattern.search(text) for p in words.unquantified):
        return derive("unquantified")
    term, rest = _vague(text, words, base)
    numbers = _people(rest, find_numbers(rest, language), words)
    if term is not None and not [n for n in numbers if not n.is_article]:
        return derive("vague", vague_term=term)
    if term is not None:
        raise UnreadableFigure(f"{wording!r} has a number and the vague {term}: one figure at a time")
    if numbers:
        return _counted(wording, rest, numbers, words)
    return _without_number(wording, text, words, base)


def _blank(text: str, listed: list[_Phrase]) -> str:
    for phrase in listed:
        text = phrase.pattern.sub(lambda m: _GAP * len(m.group()), text)
    return text


def _vague(text: str, words: _Words, base: str) -> tuple[str | None, str]:
    """The first vague term of a text and the text without it. A multiple after a number ("2 тысячи") is none."""
    best: tuple[int, int, _Phrase] | None = None
    masked = _blank(text, words.lookalikes)  # "as many as" is no "many"
    for phrase in words.vague:
        for match in phrase.pattern.finditer(masked):
            if phrase.meaning == "some" or _number_before(text[: match.start()], base):
                continue
            if best is None or match.start() < best[0] or (match.start() == best[0] and match.end() > best[1]):
                best = (match.start(), match.end(), phrase)
    if best is None:
        return None, text
    rest = text[: best[0]] + _GAP + text[best[1] :]
    # "hundreds, possibly thousands": what the wording commits to first counts, the others are taken out with it.
    return best[2].meaning, _blank(rest, [p for p in words.vague if p.meaning != "some"])


def _number_before(left: str, base: str) -> bool:
    left = left.rstrip(" -")
    if re.search(r"\d$", left):
        return True
    last = left.split()[-1:] or [""]
    known = number_words(base)
    value = known.values.get((last[0].strip("'\"("),))
    return (value is not None and value != 1) or last[0] in known.multipliers


def _people(text: str, numbers: list[Number], words: _Words) -> list[Number]:
    """The numbers that may count people: no ages, ordinals, durations or years."""
    dropped: set[int] = set()
    skeleton, places = _skeleton(text, numbers)
    for pattern in words.age + words.one_age:
        for match in pattern.finditer(skeleton):
            dropped |= {i for i, place in enumerate(places) if match.start() <= place < match.end()}
        skeleton = pattern.sub(lambda m: _GAP * len(m.group()), skeleton)
    kept = [n for i, n in enumerate(numbers) if i not in dropped]
    if len(kept) == 1:
        return [] if _is_measure(text, kept[0], words) else kept
    kept = [n for n in kept if not _is_measure(text, n, words)] or kept
    skeleton, _ = _skeleton(text, kept)
    if len(kept) < 2 or any(p.search(skeleton) for p in words.ranges):
        return kept
    kept = [n for n in kept if not _is_year(text, n)] or kept
    # "un gruppo di 5": the article is no number beside one; "uno o due" has two.
    return [n for n in kept if not n.is_article] or kept


def _is_measure(text: str, number: Number, words: _Words) -> bool:
    """Whether a unit of something else than people follows at once: "9 days", "a 12-hour blackout"."""
    at = number.end + (text[number.end : number.end + 1] in (" ", "-"))
    return any(unit.pattern.match(text, at) for unit in words.units)


def _is_year(text: str, number: Number) -> bool:
    return number.in_digits and 1900 <= number.value <= 2100 and _YEAR_AFTER.search(text[: number.start]) is not None


def _skeleton(text: str, numbers: list[Number]) -> tuple[str, list[int]]:
    """The text with `#` for each number, and where each `#` stands."""
    pieces, places, at, length = [], [], 0, 0
    for number in numbers:
        piece = text[at : number.start]
        length += len(piece)
        places.append(length)
        pieces += [piece, "#"]
        length, at = length + 1, number.end
    return "".join(pieces) + text[at:], places


def _counted(wording: str, text: str, numbers: list[Number], words: _Words) -> Quantity:
    if len({n.value for n in numbers}) > 1:
        return _range(wording, text, numbers, words)
    first = numbers[0]
    value = _whole(wording, first)
    bounds = _bounds_before(text[: first.start], words) + _bounds_after(text[numbers[-1].end :], words)
    strong = [b for b in bounds if b != "approximate"]
    # "up to 33,000 or more" bounds the number on neither side.
    opposed = {"at_least", "more_than"} & set(strong) and {"at_most", "less_than"} & set(strong)
    if strong and not opposed:
        return derive(strong[0], value=value)
    return derive("approximate" if bounds or first.approximate else "exact", value=value)


def _whole(wording: str, number: Number) -> int:
    if number.value.denominator != 1:
        raise UnreadableFigure(f"{wording!r}: {float(number.value)} is no whole number of people")
    return int(number.value)


def _range(wording: str, text: str, numbers: list[Number], words: _Words) -> Quantity:
    if len(numbers) != 2:
        listed = ", ".join(str(float(n.value)).removesuffix(".0") for n in numbers)
        raise UnreadableFigure(f"{wording!r} has several numbers ({listed}): one figure at a time")
    first, last = numbers
    skeleton, _ = _skeleton(text, numbers)
    low, high = first.value, last.value
    if any(p.search(skeleton) for p in words.ratios):
        return derive("share")
    left = _bounds_before(text[: first.start], words)
    right = _bounds_before(text[first.end : last.start], words)
    if any(p.search(skeleton) for p in words.ranges):
        # "12 to 20 thousand": the multiple is said once and meant twice.
        if last.multiplier > 1 and first.multiplier == 1 and low * last.multiplier <= high:
            low *= last.multiplier
        if {"at_least", "more_than"} & set(right):
            # "between 2,500 and more than 12,000" has no upper end, so only its lower one binds.
            return derive("at_least", value=_whole(wording, first))
    else:
        if not ({"at_least", "more_than"} & set(left) and {"at_most", "less_than"} & set(right)):
            raise UnreadableFigure(f"{wording!r} has two numbers that are no range: one figure at a time")
    low, high = low + ("more_than" in left), high - ("less_than" in right)
    if low.denominator != 1 or high.denominator != 1 or low > high:
        raise UnreadableFigure(f"{wording!r}: {float(low)} to {float(high)} is no range of people")
    return derive("range", low=int(low), high=int(high))


def _bounds_before(left: str, words: _Words) -> list[str]:
    """The qualifiers that end where the number begins, nearest first; fillers between them are passed over."""
    found: list[str] = []
    for _ in range(6):
        left = left.rstrip(_STRIPPED)
        phrase = next((p for p in words.before if _ends_with(left, p)), None)
        if phrase is not None:
            found.append(phrase.meaning)
            left = left[: len(left) - len(phrase.text)]
            continue
        last = re.search(rf"{WORD_CHARACTER}+$", left)
        if last is None or last.group() not in words.fillers:
            break
        left = left[: last.start()]
    return found


def _ends_with(left: str, phrase: _Phrase) -> bool:
    if not left.endswith(phrase.text):
        return False
    nearby = phrase.pattern.finditer(left, max(0, len(left) - len(phrase.text) - 4))
    return any(match.end() == len(left) for match in nearby)


def _bounds_after(right: str, words: _Words) -> list[str]:
    found: list[tuple[int, str]] = []
    for phrase in words.after:
        match = phrase.pattern.search(right)
        if match:
            found.append((match.start(), phrase.meaning))
            right = right[: match.start()] + _GAP * len(match.group()) + right[match.end() :]
    return [meaning for _, meaning in sorted(found)]


def _without_number(wording: str, text: str, words: _Words, base: str) -> Quantity:
    if any(p.pattern.search(text) for p in words.zero):
        return derive("exact", value=0)
    if any(p.pattern.search(text) for p in words.share_alone):
        return derive("share")
    if count := _singles(wording, text, words, base):
        return derive("exact", value=count)
    if any(p.meaning == "some" and p.pattern.search(text) for p in words.vague):
        return derive("vague", vague_term="some")
    raise UnreadableFigure(
        f"{wording!r} has no figure that can be read in {base!r}: a number, a number word, a vague word, one person,"
        " or the bound share or unquantified is needed"
    )


def _singles(wording: str, text: str, words: _Words, base: str) -> int:
    """How many single persons the words name ("a man", "his uncle and his cousin"); 0 for none.

    A singular article or determiner makes one person, and so does one person's age, or a bare noun that means a person.
    """
    joiner = "|".join(re.escape(j) for j in phrases(LANGUAGES[base].get("joiners", ""))) or "(?!)"
    parts = [p.strip(_STRIPPED) for p in re.split(rf"\s(?:{joiner})\s|,", text) if p.strip(_STRIPPED)]
    determined = [bool(_determiner(part, words)) and not _is_plural(part, words, base) for part in parts]
    if all(determined) and parts:
        return len(parts)
    if determined and determined[0] and len(parts) == 2 and _is_person(parts[1], words, base):
        raise UnreadableFigure(f"{wording!r} may be one person or two: take the words for one of them, or two articles")
    skeleton, _ = _skeleton(text, find_numbers(text, base))
    return int(
        determined[:1] == [True] or any(p.search(skeleton) for p in words.one_age) or _is_person(text, words, base)
    )


def _determiner(text: str, words: _Words) -> _Phrase | None:
    return next((p for p in words.single if p.pattern.match(text)), None)


def _head(text: str) -> str:
    """The last word of an English noun phrase, before what is said of it ("the student from Tehran")."""
    noun = _ENGLISH_HEAD_ENDS.sub("", text).strip(_STRIPPED + ".!?")
    return noun.split()[-1] if noun.split() else ""


def _is_plural(text: str, words: _Words, base: str) -> bool:
    """Whether a definite English noun phrase means several ("the protesters"); elsewhere the article tells."""
    determiner, head = _determiner(text, words), _head(text)
    if base != "en" or determiner is None or determiner.text not in _DEFINITE:
        return False
    return head in _ENGLISH_PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")))


def _is_person(text: str, words: _Words, base: str) -> bool:
    if base == "en":
        return any(p.text == _head(text) for p in words.persons)
    return any(p.pattern.search(text) for p in words.persons)
