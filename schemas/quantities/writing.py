"""A quantity back into words that `read_quantity` reads as the same quantity."""

from __future__ import annotations

from babel.numbers import format_decimal

from schemas.quantities.lexicon import LANGUAGES
from schemas.quantities.model import Quantity
from schemas.quantities.numerals import base_language, digit_signs


def write_quantity(quantity: Quantity, language: str = "en") -> str:
    """The wording of a quantity in a language of `LANGUAGES` (English for another tag), e.g. "at least 2,571".

    Reading it in the same language gives the quantity back. It says nothing but the quantity: "a share" for `share`.
    """
    base = base_language(language)
    entry = LANGUAGES[base]
    if quantity.bound == "vague":
        terms = entry["vague"] if quantity.vague_term in entry["vague"] else LANGUAGES["en"]["vague"]
        return _first(terms[quantity.vague_term])
    if quantity.bound in ("share", "unquantified"):
        return _first(entry.get(quantity.bound) or LANGUAGES["en"][quantity.bound])
    if quantity.bound == "range":
        template = entry.get("write", {}).get("range") or _first(entry["range"]).replace("#", "{}")
        return template.format(_number(quantity.low, language), _number(quantity.high, language))
    number = _number(quantity.value, language)
    if quantity.bound == "exact":
        return number
    if template := entry.get("write", {}).get(quantity.bound):
        return str(template.format(number))
    if before := _first(entry["before"].get(quantity.bound, "")):
        return f"{before} {number}"
    return f"{number} {_first(entry.get('after', {}).get(quantity.bound, ''))}".strip()


def _first(phrases: str) -> str:
    return phrases.split("|")[0]


def _number(number: int | None, language: str) -> str:
    assert number is not None  # a lawful quantity has the numbers that its bound needs
    base = base_language(language)
    locale = {"tl": "fil", "no": "nb", "ilo": "en"}.get(base, base)
    if number < 10000 and "." in digit_signs(base)[0] & digit_signs(base)[1]:
        return str(number)
    return format_decimal(number, locale=locale, numbering_system="default")
