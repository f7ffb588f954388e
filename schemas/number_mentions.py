"""Every number in a text, with its place, value and a guess of what it counts.

The ledger of a document held in full is built from this, so missing nothing matters more than guessing well: each
character that is a digit in any script lies in some mention, and so does every English number word. Apart from the
reading of single figures (`quantities`) because here offsets into the raw text count and no figure may be an error.

Not numbers: the pronoun "one", "first of all", "few", "several", "most" and the like.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from schemas.quantities.numerals import east_asian_value

MAX_VALUE_DIGITS = 30
"""A run of more digits than this is an identifier without a value."""

_NUMERIC_SIGNS = "".join(
    re.escape(c)
    for c in map(chr, range(sys.maxunicode + 1))
    if not c.isdecimal() and unicodedata.category(c) in ("No", "Nl")
)
_HAS_DIGIT = re.compile(rf"[\d{_NUMERIC_SIGNS}]")
# Scripts that write numbers and words together: there a number ends where the letters begin ("3117人", "ال3117").
_UNSPACED = r"(?!\d)[\u0590-\u08ff\u0900-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_TOKEN = re.compile(rf"(?:{_UNSPACED})+|[{_NUMERIC_SIGNS}]|(?:(?!{_UNSPACED}|[{_NUMERIC_SIGNS}])\w)+|[^\w\s]|\n")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”)\]}]+")  # to white space or a closing bracket, as anchors have it
_REST_OF_UUID = re.compile(r"(?<=[0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\w*", re.I)
_URL_RUN = re.compile(r"[\w%]+")
_DATE = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)|\d{1,2}([-/.])\d{1,2}\2\d{2,4}(?!\d)|\d{1,2}/\d{1,2}(?![\d/])")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_NUMBER = re.compile(
    r"\d{1,3}(?:[  ’ ]\d{3})+(?!\d)"  # thin, no-break and plain spaces group only by threes
    r"|\d+(?:[.,'’٬٫]\d+)*"
    rf"|[{_NUMERIC_SIGNS}]"
)
_EAST_ASIAN = re.compile(r"\d+(?:[.,]\d+)*(?:[万萬千百十亿億만천백십억]\d*)+")
_VERSION = re.compile(r"(?:\.\d+)+")
_VULGAR_FRACTIONS = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_HEX = re.compile(r"[0-9a-f]{6,}", re.I)


def _listed(words: str) -> list[str]:
    return words.split()


_UNITS = {
    w: i
    for i, w in enumerate(
        _listed("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
""")
    )
}
_TENS = {
    w: 10 * i
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
} | {"fourty": 40}
_SMALL = _UNITS | _TENS
_MULTIPLES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_SHORT_MULTIPLES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9}
_DECADES = frozenset(["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"])
_VAGUE = frozenset(
    _listed("""
    tens dozens scores hundreds thousands lakhs millions crores billions trillions
""")
)
_TIMES = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "twofold": 2, "threefold": 3, "tenfold": 10}
_ORDINALS = (
    {
        w: i
        for i, w in enumerate(
            _listed("""
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth
"""),
            start=1,
        )
    }
    | {f"{w[:-1]}ieth": v for w, v in _TENS.items()}
    | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
)
_FRACTION_WORDS = {
    "half": 0.5,
    "halves": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "thirds": None,
    "fifths": None,
    "tenths": None,
    "fourths": None,
}

_MONTHS = frozenset(
    _listed("""
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec dey bahman esfand farvardin aban azar mehr shahrivar mordad khordad ordibehesht
    tir
""")
)
_DURATIONS = frozenset(
    _listed("""
    day days week weeks month months year years hour hours minute minutes second seconds night nights decade
    decades century centuries weekend weekends
""")
)
_MONEY = frozenset(
    _listed("""
    dollar dollars euro euros rial rials toman tomans pound pounds usd eur gbp cents pence franc francs irr
""")
)
_CURRENCY_SIGNS = frozenset("$€£¥₹₽₺﷼")
_PLACES = frozenset(
    _listed("""
    city cities town towns province provinces village villages location locations district districts
    neighborhood neighborhoods neighbourhood neighbourhoods hospital hospitals place places site sites country
    countries university universities county counties region regions street streets prison prisons
""")
)
_PEOPLE = frozenset(
    _listed("""
    people person persons protester protesters protestor protestors demonstrator demonstrators crowd crowds
    marchers participants supporters population citizens residents inhabitants students workers members fighters
    militiamen men women defectors soldiers troops mourners iranians elements gunmen relatives friends families
""")
)
_CASUALTY = frozenset(
    _listed("""
    kill killed kills killing killings dead death deaths die died dies dying lives casualty casualties fatality
    fatalities toll tolls victim victims wounded wounds injured injure injuries injury detained detain detainee
    detainees detention detentions arrested arrest arrests missing executed execute execution executions
    massacre massacred massacres slain slaughtered shot body bodies corpse corpses blinded blind hanged
    hospitalized hospitalised martyr martyrs martyred disappeared disappearances prisoners imprisoned jailed
    sentenced murdered perished maimed abducted fallen buried summoned confessions amputated amputations
""")
)
_FUNCTION_WORDS = frozenset(
    _listed("""
    a an the his her its their my our your this that these those on in at to of for from with by into onto as
    and or but if than then who which whom whose when where while what how why it he she they we i you him them
    us there here not is are was were be been being am has have had do does did can could will would shall
    should may might must so too also only just very even still
""")
)
_VERBS = frozenset(
    _listed("""
    hung said says told tells went came saw took ran fell fled held stood got gave made thought knew felt heard
    left kept began broke wrote spoke lay led met read put let lost won sat rose threw drew drove died lives
    seems wants needs knows thinks
""")
)
_PRONOUN_ONE_BEFORE = frozenset(["no", "every", "any", "some", "each"])
_PRONOUN_ONE_AFTER = frozenset(
    _listed("""
    another such thing way point self must can could should might may would will
""")
)
_CASUALTY_AFTER_ONE_OF = frozenset(["them", "whom", "those"]) | _CASUALTY
_WINDOW = 10  # words on either side, within the sentence, in which a casualty word decides


@dataclass(frozen=True)
class NumberMention:
    """A number where it stands: code points `start` to `end` of the raw text, the number alone as `text`, its `value`
    (`None` for vague words, identifiers and the like) and a guessed `category` of number_mentions.category."""

    start: int
    end: int
    text: str
    value: int | float | None
    category: str


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    word: str


@dataclass(frozen=True)
class _Found:
    """A number before its category is guessed: the tokens it spans and the category that its form alone settles."""

    start: int
    end: int
    first: int
    last: int
    value: int | float | None
    form: str | None = None


def find_numbers(text: str) -> list[NumberMention]:
    """All numbers of a text in order, never overlapping; linear in the length of the text.

    Digits of any script, in whatever they stand (addresses, markup, hashes); English cardinals, ordinals, multiples,
    fractions and vague plurals. A compound ("fifty thousand", "2026-01-16", "7:30") is one mention. The value is read
    as English writes numbers.
    """
    in_urls = [(m.start(), m.end()) for m in _URL.finditer(text)]
    tokens = list(_tokens(text, in_urls))
    mentions = [m for start, end in in_urls for m in _in_url(text, start, end)]
    previous: NumberMention | None = None
    for found in _found(text, tokens):
        category = _category(text, tokens, found, previous)
        previous = NumberMention(found.start, found.end, text[found.start : found.end], found.value, category)
        mentions.append(previous)
    return sorted(mentions, key=lambda mention: mention.start)


def _tokens(text: str, skipped: list[tuple[int, int]]) -> Iterator[_Token]:
    at = 0
    for start, end in [*skipped, (len(text), len(text))]:
        for match in _TOKEN.finditer(text, at, start):
            yield _Token(match.start(), match.end(), match.group(), match.group().lower())
        if start < end:
            yield _Token(start, end, "…", "…")  # an address keeps the words before and after it apart
        at = end


def _in_url(text: str, start: int, end: int) -> Iterator[NumberMention]:
    """The runs with digits and the number words of an address: parts of a name, of no value to a reader."""
    at = start
    while match := _URL_RUN.search(text, at, end):
        rest = _REST_OF_UUID.match(text, match.end(), end)
        cut = match.end() - 8 if rest else match.end()
        at = rest.end() if rest else cut
        for first, last in ((match.start(), cut), (cut, at)):
            written = text[first:last]
            if _HAS_DIGIT.search(written) or (written.lower() in _NUMBER_WORDS and written.lower() != "one"):
                yield NumberMention(first, last, written, _digits_value(written), "markup")


def _found(text: str, tokens: list[_Token]) -> Iterator[_Found]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if _HAS_DIGIT.search(token.text):
            found: _Found | None = _digits_at(text, tokens, at)
        elif token.word in _NUMBER_WORDS or token.word in ("a", "an"):
            found = _words_at(tokens, at)
        else:
            found = None
        if found is None:
            at += 1
            continue
        # Whatever the form, a token is never left half read with digits in its rest ("0万0A0").
        end = tokens[found.last].end
        if _HAS_DIGIT.search(text, found.end, end):
            found = _Found(found.start, end, found.first, found.last, None, "identifier")
        yield found
        at = found.last + 1


def _last_token(tokens: list[_Token], at: int, end: int) -> int:
    while at + 1 < len(tokens) and tokens[at + 1].start < end:
        at += 1
    return at


def _digits_at(text: str, tokens: list[_Token], at: int) -> _Found:
    """The number that begins in a token with a digit; the whole token when it is not only a number."""
    token = tokens[at]
    for pattern, form in ((_DATE, "date"), (_TIME, "time")):
        match = pattern.match(text, token.start)
        # A date with its year is complete, whatever letters a lost line break has run into it.
        if match and (match.end() - match.start() >= 8 or not text[match.end() : match.end() + 1].isalnum()):
            return _Found(token.start, match.end(), at, _last_token(tokens, at, match.end()), None, form)
    if match := _EAST_ASIAN.match(text, token.start):
        return _Found(
            token.start, match.end(), at, _last_token(tokens, at, match.end()), east_asian_value(match.group())
        )
    number = _NUMBER.match(text, token.start)
    if number is None:
        rest = _VERSION.match(text, token.end)
        last = _last_token(tokens, at, rest.end()) if rest else at
        if rest is None or tokens[last].end != rest.end():
            last = at  # "A0.0A0": what follows is a name of its own
        return _Found(token.start, tokens[last].end, at, last, None, "identifier")
    if unicodedata.decomposition(token.text[0]).startswith("<super>"):
        return _Found(token.start, number.end(), at, at, _digits_value(number.group()), "markup")
    last = _last_token(tokens, at, number.end())
    end, tail = number.end(), text[number.end() : tokens[last].end]
    value = _digits_value(number.group())
    if text[end : end + 1] in _VULGAR_FRACTIONS and text[end : end + 1] and isinstance(value, int):
        return _with_multiples(
            tokens, _Found(token.start, end + 1, at, last + 1, value + unicodedata.numeric(text[end]))
        )
    if tail and not _is_suffix(tail):
        return _Found(token.start, tokens[last].end, at, last, None, "identifier")
    if tail.lower() in ("st", "nd", "rd", "th"):
        return _Found(token.start, tokens[last].end, at, last, value, "ordinal")
    if tail.lower() in _SHORT_MULTIPLES:
        return _Found(token.start, tokens[last].end, at, last, _times(value, _SHORT_MULTIPLES[tail.lower()]))
    if tail.lower() in ("am", "pm"):
        return _Found(token.start, end, at, last, value, "time")
    if number.group().count(".") > 1 and value is None:
        return _Found(token.start, end, at, last, None, "identifier")
    return _with_multiples(tokens, _Found(token.start, end, at, last, value))


def _is_suffix(tail: str) -> bool:
    """Whether letters after a number are an ending or a unit ("21st", "1980s", "12px"), no part of a name ("3D2")."""
    return tail.isalpha() and (
        (len(tail) <= 3 and (tail.islower() or tail.lower() in _SHORT_MULTIPLES)) or tail in ("AM", "PM")
    )


def _digits_value(written: str) -> int | float | None:
    """The value of a literal as English writes it; `None` when its signs give it none."""
    written = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in written)
    if len(written) > MAX_VALUE_DIGITS:
        return None
    if re.fullmatch(r"\d+", written):
        return int(written)
    if re.fullmatch(r"\d{1,3}(?:[,'’٬    ]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:\.\d{3}){2,}", written):
        return int(re.sub(r"\D", "", written))
    if re.fullmatch(r"\d{1,3}(?:[,٬]\d{3})*[.٫]\d+", written):
        return float(re.sub(r"[,٬]", "", written).replace("٫", "."))
    if re.fullmatch(r"\d+[.٫]\d+", written):
        return float(written.replace("٫", "."))
    if len(written) == 1 and unicodedata.numeric(written, None) is not None:
        value = unicodedata.numeric(written)
        return int(value) if value == int(value) else value
    return None


def _times(value: int | float | None, multiple: int) -> int | float | None:
    if value is None:
        return None
    product = Fraction(str(value)) * multiple
    return int(product) if product.denominator == 1 else float(product)


def _with_multiples(tokens: list[_Token], found: _Found) -> _Found:
    """A literal with the multiples after it ("2.5 million", "30-thousand"), as one number."""
    at, value, end, last = found.last + 1, found.value, found.end, found.last
    while at < len(tokens):
        word_at = at + 1 if tokens[at].text == "-" and at + 1 < len(tokens) else at
        word = tokens[word_at].word.removesuffix("s")
        if word not in _MULTIPLES and tokens[word_at].word not in ("bn", "mn", "mln"):
            break
        value = _times(value, _MULTIPLES.get(word) or _SHORT_MULTIPLES[tokens[word_at].word])
        end, last, at = tokens[word_at].end, word_at, word_at + 1
    return _Found(found.start, end, found.first, last, value, found.form)


_NUMBER_WORDS = (
    frozenset(_SMALL)
    | frozenset(_MULTIPLES)
    | _VAGUE
    | _DECADES
    | frozenset(_TIMES)
    | frozenset(_ORDINALS)
    | frozenset(_FRACTION_WORDS)
)


def _words_at(tokens: list[_Token], at: int) -> _Found | None:
    """The number in words that begins at a token, the article of "a million" included."""
    word = tokens[at].word
    if word in ("a", "an"):
        following = _word(tokens, at + 1)
        if following in _MULTIPLES or (
            following in ("half", "quarter", "third") and _word(tokens, at + 2) in ("of", "million", "dozen", "billion")
        ):
            if following == "third":
                return _Found(tokens[at].start, tokens[at + 1].end, at, at + 1, 1 / 3, "percentage")
            inner = _words_at(tokens, at + 1)
            return inner and _Found(tokens[at].start, inner.end, at, inner.last, inner.value, inner.form)
        return None
    if word in _VAGUE:
        return _vague_at(tokens, at)
    if word in _DECADES:
        return _Found(
            tokens[at].start,
            tokens[at].end,
            at,
            at,
            None,
            "age" if _word(tokens, at - 1) in ("his", "her", "their") else "date",
        )
    if word in _TIMES:
        return _Found(tokens[at].start, tokens[at].end, at, at, _TIMES[word])
    if word in _ORDINALS:
        return _ordinal_at(tokens, at)
    if word in _FRACTION_WORDS:
        return _fraction_at(tokens, at)
    return _cardinal_at(tokens, at)


def _word(tokens: list[_Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _vague_at(tokens: list[_Token], at: int) -> _Found | None:
    """A vague plural with those after it: "hundreds", "tens of thousands"; "scores" and "tens" only of something."""
    last = at
    while _word(tokens, last + 1) == "of" and _word(tokens, last + 2) in _VAGUE:
        last += 2
    if last == at and tokens[at].word in ("tens", "scores") and _word(tokens, at + 1) not in ("of", "more"):
        return None
    return _Found(tokens[at].start, tokens[last].end, at, last, None)


def _ordinal_at(tokens: list[_Token], at: int) -> _Found | None:
    word, before, after = tokens[at].word, _word(tokens, at - 1), _word(tokens, at + 1)
    if word == "first" and (
        before == "at"
        or (after == "of" and _word(tokens, at + 2) == "all")
        or (after == "and" and _word(tokens, at + 2) == "foremost")
    ):
        return None
    # "for a second", "a split second": the unit of time, not the ordinal
    is_unit = word == "second" and (
        before == "split" or (before in ("a", "per", "every") and after in _FUNCTION_WORDS | {"", ".", ",", ";", "\n"})
    )
    return None if is_unit else _Found(tokens[at].start, tokens[at].end, at, at, _ORDINALS[word], "ordinal")


def _fraction_at(tokens: list[_Token], at: int) -> _Found | None:
    word = tokens[at].word
    if (
        word in ("quarter", "quarters")
        and _word(tokens, at - 1) not in ("a", "one", "-", "three", "the")
        and _word(tokens, at + 1) != "of"
    ):
        return None
    if word == "half":
        multiple_at = at + 2 if _word(tokens, at + 1) in ("a", "-") else at + 1
        if multiple := _MULTIPLES.get(_word(tokens, multiple_at)):
            return _Found(tokens[at].start, tokens[multiple_at].end, at, multiple_at, _times(0.5, multiple))
    return _Found(
        tokens[at].start,
        tokens[at].end,
        at,
        at,
        _FRACTION_WORDS[word],
        "percentage" if _word(tokens, at + 1) == "of" else None,
    )


def _cardinal_at(tokens: list[_Token], at: int) -> _Found | None:
    """The longest cardinal from a token on: "two", "fifty thousand", "one hundred and five", "two-thirds"."""
    if (
        tokens[at].word in _MULTIPLES
        and tokens[at].word in ("lakh", "crore")
        and at
        and not tokens[at - 1].text.isalnum()
    ):
        return None
    total, group, last, closed = 0, None, at, 10**15
    index = at
    form: str | None = None
    while index < len(tokens):
        step = index
        if index > at and (
            tokens[index].text == "-" or (tokens[index].word == "and" and (group or 0) % 100 == 0 and (group or total))
        ):
            step += 1
        word = _word(tokens, step)
        joined_by_and = step > index and tokens[index].word == "and"
        if word in _SMALL and (
            group is None or (group % 100 == 0 and group) or (group % 10 == 0 and group >= 20 and 0 < _SMALL[word] < 10)
        ):
            if joined_by_and and group is None and not total:
                break
            group = (group or 0) + _SMALL[word]
        elif word in _MULTIPLES and not joined_by_and and _MULTIPLES[word] < closed:
            multiple = _MULTIPLES[word]
            if multiple <= 100:
                group = (group or 1) * multiple
            else:
                total, group, closed = total + (1 if group is None else group) * multiple, None, multiple
        elif (
            word in _ORDINALS
            and step > index
            and tokens[index].text == "-"
            and group is not None
            and group % 10 == 0
            and _ORDINALS[word] < 10
        ):
            group, form = group + _ORDINALS[word], "ordinal"
        elif group is not None and not total and _is_denominator(tokens, step, hyphenated=step > index):
            value = group / _DENOMINATORS[word]
            return _Found(tokens[at].start, tokens[step].end, at, step, value, "percentage")
        else:
            break
        last, index = step, step + 1
        if form:
            break
    if last == at and tokens[at].word == "one" and not _counts(tokens, at):
        return None
    found = _Found(tokens[at].start, tokens[last].end, at, last, total + (group or 0), form)
    if [_word(tokens, last + i) for i in (1, 2, 3)] == ["and", "a", "half"] and found.value is not None:
        found = _Found(found.start, tokens[last + 3].end, at, last + 3, found.value + 0.5)
        return _with_multiples(tokens, found)
    return found


_DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}


def _is_denominator(tokens: list[_Token], at: int, hyphenated: bool) -> bool:
    """Whether a word after a cardinal makes a fraction: "two thirds", "one-third", "one third of"."""
    word = _word(tokens, at)
    return word in _DENOMINATORS and (hyphenated or word.endswith("s") or _word(tokens, at + 1) == "of")


def _counts(tokens: list[_Token], at: int) -> bool:
    """Whether "one" counts something ("one person") and is no pronoun ("no one", "one fired a shot")."""
    before, after, beyond = _word(tokens, at - 1), _word(tokens, at + 1), _word(tokens, at + 2)
    if after == "-" and beyond.isalpha():
        return True
    if after == "and":
        return beyond == "a" and _word(tokens, at + 3) == "half"
    if after == "or" or after == "to" or after == "in":
        return beyond in _SMALL
    if after == "of":
        return beyond in _CASUALTY_AFTER_ONE_OF or _word(tokens, at + 3) in _CASUALTY
    if not after.isalpha() or after in _FUNCTION_WORDS | _PRONOUN_ONE_AFTER or before in _PRONOUN_ONE_BEFORE:
        return False
    verb_like = after.endswith("ed") or after in _VERBS
    return not (verb_like and (beyond in _FUNCTION_WORDS or not beyond.isalpha())) and not (
        after == "by" and beyond == "one"
    )


def _category(text: str, tokens: list[_Token], found: _Found, previous: NumberMention | None) -> str:
    """The likeliest category: by form, by the words next to the number, then by casualty words in its sentence."""
    near = _Neighbours(tokens, found.first, found.last)
    written = text[found.start : found.end]
    if found.form in ("date", "time", "age", "markup"):
        return found.form
    if _is_markup(text, found, near):
        return "markup"
    if near.after_is("percent", "percentage", "%", "٪") or (near.after_is("per") and near.word(2) == "cent"):
        return "percentage"
    if (
        near.before_any(_CURRENCY_SIGNS)
        or near.after_any(_MONEY, within=3)
        or (near.before_any(_MONEY) and not near.after_any(_PEOPLE))
    ):
        return "money"
    if _is_date(written, found, near, previous, text):
        return "date"
    if found.form == "ordinal":
        return "ordinal"
    if _is_time(near):
        return "time"
    if found.form == "identifier" or _is_identifier(text, tokens, found):
        return "identifier"
    if _is_age(near):
        return "age"
    if (
        near.after_any(_DURATIONS)
        or (near.after_is("-") and near.word(2) in _DURATIONS)
        or (near.word(2) in _DURATIONS and near.word(1) in ("more", "long", "straight", "consecutive"))
    ):
        return "duration"
    if near.before_is("day", "week") and isinstance(found.value, int) and found.value < 1000:
        return "ordinal"
    if found.form == "percentage":
        return "percentage"
    if near.after_any(_PLACES, within=3) and not near.after_any(_CASUALTY, within=2):
        return "place_count"
    # Of "one witness who saw the dead" only what follows at once is counted.
    window = 4 if written.lower() == "one" else _WINDOW
    if written.lower() not in _TIMES and near.casualty_in_sentence(window):
        return "casualty"
    if near.after_any(_PEOPLE, within=4) or near.before_any(frozenset({"population", "crowd", "crowds"}), within=4):
        return "crowd"
    return "count"


class _Neighbours:
    """The words around a number, by their distance from it."""

    def __init__(self, tokens: list[_Token], first: int, last: int) -> None:
        self.tokens, self.first, self.last = tokens, first, last

    def word(self, distance: int) -> str:
        return _word(self.tokens, self.last + distance if distance > 0 else self.first + distance)

    def after_is(self, *words: str) -> bool:
        return self.word(1) in words

    def before_is(self, *words: str) -> bool:
        return self.word(-1) in words

    def after_any(self, words: frozenset[str], within: int = 1) -> bool:
        return any(self.word(i) in words for i in self._until_break(1, within))

    def before_any(self, words: frozenset[str], within: int = 1) -> bool:
        return any(self.word(-i) in words for i in self._until_break(-1, within))

    def _until_break(self, direction: int, within: int) -> Iterator[int]:
        """Distances up to `within`, as far as the clause goes."""
        for distance in range(1, within + 1):
            if self.word(direction * distance) in (".", "!", "?", ";", "\n", "", ","):
                return
            yield distance

    def casualty_in_sentence(self, window: int) -> bool:
        for direction in (1, -1):
            for distance in range(1, window + 1):
                word = self.word(direction * distance)
                if word in ("!", "?", "\n", "") or (
                    word == "." and self.word(direction * distance + direction) in ("", "\n")
                ):
                    break
                if word == "." and self._ends_sentence(direction * distance):
                    break
                if word in _CASUALTY:
                    return True
        return False

    def _ends_sentence(self, distance: int) -> bool:
        """Whether the full stop at a distance ends a sentence and not an abbreviation ("U.S.")."""
        at = self.last + distance if distance > 0 else self.first + distance
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return before is None or after is None or (len(before.text) > 1 and (after.start > self.tokens[at].end))


def _is_markup(text: str, found: _Found, near: _Neighbours) -> bool:
    before = text[max(0, found.start - 2) : found.start]
    if before.endswith("&#") or (before.endswith("#") and _HEX.fullmatch(text, found.start, found.end)):
        return True
    if text[found.end : found.end + 2] in ("px", "em", "pt"):
        return True
    return before.endswith("[") and text[found.end : found.end + 1] == "]"


def _is_date(written: str, found: _Found, near: _Neighbours, previous: NumberMention | None, text: str) -> bool:
    if not isinstance(found.value, int):
        return False
    is_day = found.value <= 31
    is_year = re.fullmatch(r"\d{4}s?", written) is not None and (
        1900 <= found.value <= 2100 or 1390 <= found.value <= 1420
    )
    if near.before_any(_MONTHS) or (near.word(-1) == "." and near.word(-2) in _MONTHS):
        return is_day or is_year
    if (
        is_day
        and written[0].isdigit()
        and (near.after_any(_MONTHS) or (near.after_is("of") and near.word(2) in _MONTHS))
    ):
        return near.word(1) != "may" or near.word(2).isdigit() or near.tokens[near.last + 1].text == "May"
    if found.form == "ordinal":
        return is_day and (near.after_any(_MONTHS) or (near.after_is("of") and near.word(2) in _MONTHS))
    if is_day and written[0].isdigit() and near.word(1) in ("-", "–", "and", "to", "or") and near.word(3) in _MONTHS:
        return True
    if previous is not None and previous.category == "date" and found.start - previous.end <= 5:
        between = text[previous.end : found.start].strip()
        if between in ("and", "to", "-", "–", "or", ",", "") and (is_day or is_year):
            return not near.after_any(_PEOPLE | _CASUALTY)
    return is_year and not near.after_any(_PEOPLE | _CASUALTY, within=2)


def _is_time(near: _Neighbours) -> bool:
    if near.word(1) in ("a", "p") and near.word(2) == "." and near.word(3) == "m":
        return True
    return near.after_is("am", "pm", "o'clock", "gmt", "utc") or (near.after_is("o") and near.word(3) == "clock")


def _is_identifier(text: str, tokens: list[_Token], found: _Found) -> bool:
    """A model or a name with a number ("AK-47", "Covid-19"), or a run of digits too long for a count."""
    if found.value is None and text[found.start].isdigit():
        return True
    if isinstance(found.value, int) and found.end - found.start >= 9 and text[found.start : found.end].isdecimal():
        return True
    if (
        found.first < 2
        or tokens[found.first - 1].text not in ("-", "‑", "‐")
        or tokens[found.first - 1].end != found.start
    ):
        return False
    name = tokens[found.first - 2]
    return (
        name.end == tokens[found.first - 1].start
        and name.text[0].isupper()
        and name.word not in _MONTHS | _NUMBER_WORDS
        and name.text.isalpha()
    )


def _is_age(near: _Neighbours) -> bool:
    if near.word(1) == "-" and near.word(2) in ("year", "years", "month") and near.word(3) in ("-", "old", "olds"):
        return True
    if near.word(1) in ("year", "years") and near.word(2) in ("old", "of"):
        return near.word(2) == "old" or near.word(3) == "age"
    if near.before_is("aged", "age", "ages"):
        return True
    if near.word(1) in ("-", "and", "to") and near.word(3) == "-" and near.word(4) == "year":
        return True
    return (
        near.before_is("under", "below", "over")
        and near.after_is(".", ",", ";", ")", "”", '"', "\n", "", "s")
        and near.word(1) != ""
    )
