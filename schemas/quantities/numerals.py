"""The numbers in a wording: digits of any script, number words, multiples, and compounds of them.

Separate from the reading of qualifiers because it knows nothing of bounds: it answers which numbers stand where.
Works on folded text only; `fold` is the one place where spelling, script and invisible signs are evened out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from babel import Locale, UnknownLocaleError, localedata
from babel.languages import get_official_languages
from num2words import CONVERTER_CLASSES, num2words
from text_to_num import text2num

from schemas.quantities.lexicon import ALIASES, LANGUAGES
from schemas.quantities.model import UnreadableFigure

# Signs that stand for a dash, an apostrophe or a letter that has another code point in Persian than in Arabic.
_EVENED = str.maketrans(
    dict.fromkeys("‐‑‒–—―−〜～﹣－", "-")
    | dict.fromkeys("‘’ʼ´`′", "'")
    | {"ي": "ی", "ى": "ی", "ك": "ک", "ª": "°", "º": "°", "٪": "%", "ـ": None}
)
_SPACING_MARKS = "".join(c for c in map(chr, range(0x10000)) if unicodedata.category(c) == "Mc")
WORD_CHARACTER = rf"[\w{_SPACING_MARKS}]"
_LETTER = rf"[^\W\d_]|[{_SPACING_MARKS}]"
_SPACE_GROUPED = r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)(?:[.,٫]\d{1,2}(?!\d))?"
_TOKEN = re.compile(rf"{_SPACE_GROUPED}|\d+(?:[.,'٬٫،]\d+)*|(?:{_LETTER})+|\S")
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HANGUL_DIGITS = {c: i for i, c in enumerate("영일이삼사오육칠팔구")}
_HANGUL_UNITS = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8}
_DIGITS = r"\d+(?:[.,]\d+)*"
_CJK_NUMBER = re.compile(
    rf"(?<!第)(?:{_DIGITS}(?: (?=[{''.join(_CJK_UNITS)}]))?|[{''.join(_CJK_DIGITS)}{''.join(_CJK_UNITS)}])+"
    r"(?!目|些|般|部|定|旦)"
)
# Hangul digits are also syllables of common words, so letters count as a number only as a whole word with a unit in it.
_HANGUL_LETTERS = "".join(_HANGUL_DIGITS) + "".join(_HANGUL_UNITS)
_HANGUL_NUMBER = re.compile(
    rf"\d[\d.,]*(?: ?[{''.join(_HANGUL_UNITS)}](?:\d[\d.,]*)?)*(?!\d)"
    rf"|(?<!\w)(?=[{_HANGUL_LETTERS}]*[{''.join(_HANGUL_UNITS)}])[{_HANGUL_LETTERS}]+(?= ?명| ?여|$| )"
)
_KOREAN_COUNT = re.compile(r"(?<!\w)(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?= ?(?:명|사람|여성|남성|건|분|어린이))")
_CLITICS = frozenset("وفبلה")
_COMPOUNDING = 3  # letters that a part of a glued number word ("cinquanta-mila") has at least


@dataclass(frozen=True)
class Number:
    """A number in a folded wording: its place, its value, the multiple it was said with, whether it is a literal
    in digits, and whether the word itself means "about" ("una decina")."""

    start: int
    end: int
    value: Fraction
    multiplier: int
    in_digits: bool
    approximate: bool = False
    is_article: bool = False


def fold(text: str) -> str:
    """The text with ASCII digits, no format characters, accents or footnote figures, one kind of dash, apostrophe and
    space, and casefolded. Offsets are not kept: for reading a short wording, never for locating it."""
    text = "".join(c for c in text if not unicodedata.decomposition(c).startswith("<super>") or c in "ªº")
    text = unicodedata.normalize("NFKC", text.translate(_EVENED)).casefold().translate(_EVENED)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(unicodedata.normalize("NFC", text).translate(_EVENED).split())


def base_language(language: str) -> str:
    """The key of `LANGUAGES` for a BCP 47 tag; English for a tag that the table lacks."""
    base = language.replace("_", "-").split("-")[0].lower()
    base = ALIASES.get(base, base)
    return base if base in LANGUAGES else "en"


def uses_latin_script(language: str) -> bool:
    """Whether the language's own words are in Latin letters, so that English words in it would be ambiguous."""
    sample = str(LANGUAGES[language]["before"]["at_least"])
    return all(unicodedata.name(c, "").startswith("LATIN") for c in sample if c.isalpha())


@lru_cache
def digit_signs(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The signs that group digits and those that begin decimals, by CLDR.

    With a territory in the tag, of that locale; without, of every territory where the language is official, since a
    page in Spanish may be from Madrid or from Mexico. A full stop or comma that the language gives no decimal meaning
    groups digits too, as the press writes it.
    """
    tag = language.replace("-", "_")
    base = {"fil": "tl"}.get(tag.split("_")[0], tag.split("_")[0])
    locales = [name for name in (tag,) if "_" in tag and localedata.exists(name)]
    if not locales:
        cldr = {"tl": "fil", "no": "nb"}.get(base, base)
        locales = [
            name for name in localedata.locale_identifiers() if name.split("_")[0] == cldr and _is_official(name)
        ]
    group, decimal = {"٬"}, {"٫"}
    for name in locales or ["en"]:
        symbols = Locale.parse(name).number_symbols.get("latn", {})
        group.add(_sign(symbols.get("group", ",")))
        decimal.add(_sign(symbols.get("decimal", ".")))
    group |= {" "} | ({".", ","} - decimal)
    if base in {"ar", "fa", "ur", "ku", "ckb", "ps"}:
        group.add("،")
    # The Swiss press groups with an apostrophe in all its languages; CLDR has it for German and Italian only.
    if "'" not in group and base in get_official_languages("CH", de_facto=True):
        group.add("'")
    return frozenset(group), frozenset(decimal)


def _sign(sign: str) -> str:
    return " " if sign.isspace() else sign.translate(_EVENED)


def _is_official(name: str) -> bool:
    locale = Locale.parse(name)
    return not locale.territory or locale.language in get_official_languages(locale.territory, de_facto=True)


def parse_digits(literal: str, language: str) -> Fraction:
    """The value of digits with separators as `language` writes them, e.g. "2.571" in German, "2 571", "1,00,000".

    Raises `UnreadableFigure` when the separators mean nothing in that language or mean a decimal of three places,
    which no count of people has.
    """
    parts = re.split(r"([.,'٬٫، ])", literal)
    digits, signs = parts[::2], parts[1::2]
    if not signs:
        return Fraction(literal)
    group, decimal = digit_signs(language)
    if len(set(signs)) == 1 and signs[0] in group and _grouped(digits, signs[0]):
        return Fraction("".join(digits))
    # ".500" is no part of a count: three places after a decimal sign look like a group of another language.
    if signs[-1] in decimal and signs[-1] not in signs[:-1] and (len(digits[-1]) != 3 or signs[-1] == "٫"):
        whole, inner = digits[:-1], signs[:-1]
        if not inner or (len(set(inner)) == 1 and inner[0] in group and _grouped(whole, inner[0])):
            return Fraction(f"{''.join(whole)}.{digits[-1]}")
    written = " ".join(sorted(repr(s) for s in group if s in ".,' "))
    raise UnreadableFigure(
        f"{literal!r}: {language!r} does not write a number so; it groups three digits with {written}"
    )


def _grouped(digits: list[str], sign: str) -> bool:
    thousands = all(len(d) == 3 for d in digits[1:]) and len(digits[0]) <= 3
    indian = (
        sign == ","
        and len(digits) > 2
        and len(digits[-1]) == 3
        and len(digits[0]) <= 2
        and all(len(d) == 2 for d in digits[1:-1])
    )
    return thousands or indian


def phrases(text: str) -> list[str]:
    """The phrases of a `|` list, folded, without empty ones."""
    return [folded for phrase in text.split("|") if (folded := fold(phrase))]


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Words, digit literals and signs of a folded text, with their places."""
    return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@dataclass(frozen=True)
class NumberWords:
    """The number words of one language: phrases below a thousand or fixed, multiples, and how they are joined."""

    values: dict[tuple[str, ...], Fraction]
    collectives: frozenset[tuple[str, ...]]
    multipliers: dict[str, int]
    plurals: dict[str, int]
    joiners: frozenset[str]
    articles: frozenset[str]
    longest: int


@lru_cache
def number_words(base: str) -> NumberWords:
    """The number words of a key of `LANGUAGES`: of the table and, up to 999, of num2words where it has the language."""
    entry = LANGUAGES[base]
    values: dict[tuple[str, ...], Fraction] = {}
    if base in CONVERTER_CLASSES and base not in {"zh", "ja", "ko"}:
        for number in range(1000):
            values.setdefault(_words(num2words(number, lang=base)), Fraction(number))
    _add(values, entry.get("numbers", {}))
    collectives: dict[tuple[str, ...], Fraction] = {}
    _add(collectives, entry.get("collectives", {}))
    multipliers = {word: value for value, words in entry["multipliers"].items() for word in phrases(words)}
    plurals = {word: value for value, words in entry["plural"].items() for word in phrases(words)}
    articles = set(phrases(entry.get("articles", "")))
    joiners = set(phrases(entry.get("joiners", "")))
    if not uses_latin_script(base):
        english = number_words("en")
        values = english.values | values
        multipliers = english.multipliers | multipliers
        plurals = english.plurals | plurals
        articles |= english.articles
    # "o mie" (a thousand) is a phrase; as a multiple only its last word can follow a number.
    for phrase in [p for p in multipliers if " " in p]:
        values[_words(phrase)] = Fraction(multipliers.pop(phrase))
    for word in multipliers | plurals:
        values.pop((word,), None)
    values |= collectives
    return NumberWords(
        values,
        frozenset(collectives),
        multipliers,
        plurals,
        frozenset(joiners),
        frozenset(articles),
        max(map(len, values), default=1),
    )


def _add(values: dict[tuple[str, ...], Fraction], table: dict[int, str]) -> None:
    values.update({_words(p): Fraction(n) for n, words in table.items() for p in words.split("|") if p})


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(token for token, _, _ in tokens(fold(phrase)) if token not in "-,")


@lru_cache(maxsize=4096)
def _split_word(word: str, base: str) -> tuple[tuple[Fraction, bool], ...] | None:
    """The parts of a glued number word ("cinquanta|mila") as (value, is a multiple); None if it is none."""
    known = number_words(base)
    if (word,) in known.values:
        return ((known.values[word,], False),)
    for multiples in (known.multipliers, known.plurals):
        if word in multiples:
            return ((Fraction(multiples[word]), True),)
    for cut in range(len(word) - _COMPOUNDING + 1, _COMPOUNDING - 2, -1):
        head = known.values.get((word[:cut],))
        multiple = known.multipliers.get(word[:cut])
        if (head is None or head == 0) and multiple is None:
            continue
        rest = _split_word(word[cut:], base)
        if rest and (multiple is not None or any(is_multiple for _, is_multiple in rest)):
            return ((Fraction(multiple), True) if multiple is not None else (head or Fraction(0), False), *rest)
    return None


_TEXT2NUM_LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "it", "nl"})


@lru_cache(maxsize=4096)
def _by_text2num(word: str, base: str) -> Fraction | None:
    """The value of one long number word by text2num, which knows spellings that num2words does not produce."""
    if base not in _TEXT2NUM_LANGUAGES or len(word) < 6:
        return None
    try:
        return Fraction(text2num(word, base))
    except ValueError:
        return None


def find_numbers(text: str, language: str) -> list[Number]:
    """The numbers of a folded wording, in order. Raises `UnreadableFigure` for digits written otherwise."""
    base = base_language(language)
    if base in {"zh", "ja"}:
        return _merge(_cjk_numbers(text, language), _word_numbers(text, language, base, letters_only=True))
    if base == "ko":
        return _merge(_korean_numbers(text, language), _word_numbers(text, language, base, letters_only=True))
    return _word_numbers(text, language, base)


def _merge(first: Iterable[Number], second: Iterable[Number]) -> list[Number]:
    taken = list(first)
    taken += [n for n in second if all(n.end <= t.start or n.start >= t.end for t in taken)]
    return sorted(taken, key=lambda n: n.start)


def _cjk_numbers(text: str, language: str) -> Iterable[Number]:
    for match in _CJK_NUMBER.finditer(text):
        value = _positional(match.group().replace(" ", ""), language, _CJK_DIGITS, _CJK_UNITS)
        yield Number(
            match.start(), match.end(), value, _last_unit(match.group(), _CJK_UNITS), match.group()[0].isdigit()
        )


def _korean_numbers(text: str, language: str) -> Iterable[Number]:
    words = number_words("ko").values
    for match in _KOREAN_COUNT.finditer(text):
        yield Number(match.start(), match.end(), words[match.group(1),], 1, False)
    for match in _HANGUL_NUMBER.finditer(text):
        written = match.group().rstrip(".,")
        value = _positional(written.replace(" ", ""), language, _HANGUL_DIGITS, _HANGUL_UNITS)
        yield Number(
            match.start(), match.start() + len(written), value, _last_unit(written, _HANGUL_UNITS), written[0].isdigit()
        )


def _last_unit(written: str, units: dict[str, int]) -> int:
    return units.get(written[-1], 1) if len(written) > 1 else 1


def east_asian_value(written: str) -> int | float | None:
    """The value of digits with East Asian units ("1万8000", "2.4만"); None when they make no number."""
    try:
        value = _positional(fold(written), "zh", _CJK_DIGITS | _HANGUL_DIGITS, _CJK_UNITS | _HANGUL_UNITS)
    except UnreadableFigure:
        return None
    return int(value) if value.denominator == 1 else float(value)


def _positional(written: str, language: str, digits: dict[str, int], units: dict[str, int]) -> Fraction:
    """East Asian notation: units below 10,000 inside each group of 10,000 ("1万8000", "一万两千", "2만")."""
    total = section = Fraction(0)
    current: Fraction | None = None
    for part in re.findall(rf"{_DIGITS}|.", written):
        if part in units and units[part] >= 10**4:
            if current is not None or not section:
                section += current if current is not None else 1
            total, section, current = total + section * units[part], Fraction(0), None
        elif part in units:
            section, current = section + (1 if current is None else current) * units[part], None
        elif part in digits:
            current = (current or 0) * 10 + Fraction(digits[part])
        else:
            current = parse_digits(part.rstrip(".,"), language)
    return total + section + (current or 0)


def _word_numbers(text: str, language: str, base: str, letters_only: bool = False) -> list[Number]:
    found, toks, at = [], tokens(text), 0
    while at < len(toks):
        number, after = _number_at(toks, at, language, base)
        if number is None or (letters_only and number.in_digits):
            at += 1
            continue
        found.append(number)
        at = after
    return found


def _number_at(toks: list[tuple[str, int, int]], at: int, language: str, base: str) -> tuple[Number | None, int]:
    """The longest number that begins at a token, and the index after it."""
    known = number_words(base)
    # Arabic and Hebrew write "and", "by", "for" together with the number word: "وتسعة" is "and nine".
    if toks[at][0][0] in _CLITICS and (toks[at][0][1:],) in known.values and (toks[at][0],) not in known.values:
        toks = [*toks[:at], (toks[at][0][1:], toks[at][1] + 1, toks[at][2]), *toks[at + 1 :]]
    first = toks[at][0]
    begins_with_article = first in known.articles and at + 1 < len(toks) and toks[at + 1][0] in known.multipliers
    sum_ = _Sum()
    index = at + 1 if begins_with_article else at
    end, approximate = index, False
    while index < len(toks):
        skip = index
        if not sum_.empty and (toks[skip][0] in known.joiners or toks[skip][0] == "-"):
            # A joiner belongs to the number only when what follows fits below what stands before.
            skip += 1
            if skip >= len(toks):
                break
        elif not sum_.empty and toks[skip][0].startswith("و") and "و" in known.joiners and len(toks[skip][0]) > 1:
            toks = [
                *toks[:skip],
                ("و", toks[skip][1], toks[skip][1] + 1),
                (toks[skip][0][1:], toks[skip][1] + 1, toks[skip][2]),
                *toks[skip + 1 :],
            ]
            continue
        parts, used, is_collective = _parts_at(toks, skip, language, base, starting=sum_.empty)
        joined = skip > index
        trial = sum_.copy()
        if not parts or not all(trial.add(value, multiple, literal, joined) for value, multiple, literal in parts):
            break
        if joined and parts[0][2] and toks[index][0] != "و":
            break  # "5 thousand and 300 injured" is two numbers; "۵ هزار و ۳۰۰" is one
        sum_, index = trial, skip + used
        end, approximate = index, approximate or is_collective
    if sum_.empty:
        return None, at + 1
    start_of, end_of = toks[at][1], toks[end - 1][2]
    words = tuple(t for t, _, _ in toks[at:end])
    is_article = sum_.value == 1 and len(words) == 1 and not first[0].isdigit() and first != "one"
    return Number(start_of, end_of, sum_.value, sum_.last_multiple, first[0].isdigit(), approximate, is_article), end


def _parts_at(
    toks: list[tuple[str, int, int]], at: int, language: str, base: str, starting: bool
) -> tuple[list[tuple[Fraction, bool, bool]], int, bool]:
    """What the tokens at an index give: (value, is a multiple, is in digits) each; how many tokens; whether "about"."""
    known, token = number_words(base), toks[at][0]
    if token[0].isdigit():
        if (
            at
            and toks[at - 1][2] == toks[at][1]
            and toks[at - 1][0].isalpha()
            and toks[at - 1][0].isascii()
            and starting
        ):
            return [], 0, False  # "AK47"
        return [(parse_digits(token, language), False, True)], 1, False
    if not starting and token in known.plurals:
        return [(Fraction(known.plurals[token]), True, False)], 1, False
    for length in range(min(known.longest, len(toks) - at), 0, -1):
        phrase = tuple(t for t, _, _ in toks[at : at + length])
        bare = tuple(t for t in phrase if t != "-")
        if phrase[-1] != "-" and bare in known.values:
            return [(known.values[bare], False, False)], length, bare in known.collectives
    if token in known.multipliers:
        return [(Fraction(known.multipliers[token]), True, False)], 1, False
    if len(token) > 2 and (glued := _split_word(token, base)) and not (starting and glued[0][1] and len(glued) == 1):
        return [(value, multiple, False) for value, multiple in glued], 1, False
    value = _by_text2num(token, base)
    return ([(value, False, False)], 1, False) if value is not None else ([], 0, False)


class _Sum:
    """A number as it is said: parts below a thousand, each group closed by a multiple, multiples falling."""

    def __init__(self) -> None:
        self.closed = Fraction(0)
        self.open: Fraction | None = None
        self.room = Fraction(10**12)  # what may still be added must be below this
        self.last_multiple = 1
        self.literal = False

    @property
    def empty(self) -> bool:
        return self.open is None and self.closed == 0

    @property
    def value(self) -> Fraction:
        return self.closed + (self.open or 0)

    def copy(self) -> _Sum:
        other = _Sum()
        other.__dict__.update(self.__dict__)
        return other

    def add(self, value: Fraction, is_multiple: bool, literal: bool, joined: bool) -> bool:
        """Take one more part; False when it does not fit, which ends the number."""
        if is_multiple:
            return self._multiply(value)
        if self.open is None:
            if value >= self.room or (self.closed and value.denominator != 1):
                return False
            self.open, self.literal, self.last_multiple = value, literal, 1 if self.closed else self.last_multiple
            return True
        if literal or self.literal or value == 0:
            return False
        units_before_tens = joined and self.open < 10 and value in {20, 30, 40, 50, 60, 70, 80, 90}
        if (
            units_before_tens
            or (value < 100 <= self.open and self.open % 100 == 0)
            or (0 < value < 10 <= self.open and self.open % 10 == 0)
        ):
            self.open += value
            return True
        return False

    def _multiply(self, multiple: Fraction) -> bool:
        if multiple <= 100:  # hundred, dozen, score: inside a group of thousands
            if self.open is not None and (self.open >= 100 or self.open == 0):
                return False
            self.open, self.last_multiple = (self.open or 1) * multiple, int(multiple)
            return True
        if self.open is None and self.closed:
            # "hundred thousand million": a multiple of what is closed, as in "mil millones"
            if multiple <= self.last_multiple:
                return False
            self.closed, self.room, self.last_multiple = self.closed * multiple, multiple, int(multiple)
            return True
        if multiple >= self.room:
            return False
        self.closed, self.open = self.closed + (1 if self.open is None else self.open) * multiple, None
        self.room, self.last_multiple, self.literal = multiple, int(multiple), False
        return True


def month_names(language: str) -> frozenset[str]:
    """Folded month names of a language (CLDR, wide), by which a date is told from a figure."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(fold(str(name)) for name in locale.months["format"]["wide"].values())
