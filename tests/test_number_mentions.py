"""Every number of a text is found, where it stands, and nothing else is."""
# ruff: noqa: SIM905 -- tables of examples read best one example to a line

import json
import subprocess
import sys
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.number_mentions import find_numbers

# text, the numbers found in it as (words, value, category)
EXAMPLES = [
    ("The monitor has confirmed 4,128 deaths.", [("4,128", 4128, "casualty")]),
    ("Between 300 and 450 were wounded in the raid.", [("300", 300, "casualty"), ("450", 450, "casualty")]),
    ("Doctors counted fifty thousand injured.", [("fifty thousand", 50000, "casualty")]),
    ("Dozens were arrested. On the following day hundreds of thousands of people marched.", [("Dozens", None, "casualty"), ("hundreds of thousands", None, "crowd")]),
    ("A million people came.", [("A million", 1000000, "crowd")]),
    ("half a million marchers", [("half a million", 500000, "crowd")]),
    ("one and a half million residents", [("one and a half million", 1500000, "crowd")]),
    ("one hundred and five dead", [("one hundred and five", 105, "casualty")]),
    ("twenty-one soldiers, 16.5 thousand visitors", [("twenty-one", 21, "crowd"), ("16.5 thousand", 16500, "count")]),
    ("a dozen lorries and scores of vans", [("a dozen", 12, "count"), ("scores", None, "count")]),
    ("On March 4 and on 17 June 2031", [("4", 4, "date"), ("17", 17, "date"), ("2031", 2031, "date")]),
    ("between May 8 and 12", [("8", 8, "date"), ("12", 12, "date")]),
    ("3/4/2031, 2031-04-03 06:15:00", [("3/4/2031", None, "date"), ("2031-04-03", None, "date"), ("06:15:00", None, "time")]),
    ("3/4/2031Lost line break", [("3/4/2031", None, "date")]),
    ("at 6:45 p.m., then at 9 p.m. and 10pm", [("6:45", None, "time"), ("9", 9, "time"), ("10", 10, "time")]),
    ("a 19-year-old, aged 19", [("19", 19, "age"), ("19", 19, "age")]),
    ("for 30 minutes, nine days, a 14-day truce", [("30", 30, "duration"), ("nine", 9, "duration"), ("14", 14, "duration")]),
    ("$5,000, thousands of dollars, 30 million rials", [("5,000", 5000, "money"), ("thousands", None, "money"), ("30 million", 30000000, "money")]),
    ("12 percent, 13 %, two thirds of them", [("12", 12, "percentage"), ("13", 13, "percentage"), ("two thirds", 2 / 3, "percentage")]),
    ("the first, the 21st and the thirty-first", [("first", 1, "ordinal"), ("21st", 21, "ordinal"), ("thirty-first", 31, "ordinal")]),
    ("in forty towns and 13 provinces", [("forty", 40, "place_count"), ("13", 13, "place_count")]),
    ("an AK-47, a G3 and Covid-19", [("47", 47, "identifier"), ("G3", None, "identifier"), ("19", 19, "identifier")]),
    ("see https://example.org/a1/2031?x=7#s9b now", [("a1", None, "markup"), ("2031", 2031, "markup"), ("7", 7, "markup"), ("s9b", None, "markup")]),
    ("https://example.org/3f2504e0-4f89-41d3-9a0c-0305e82c3301_9x9.png", [("3f2504e0-4f89-41d3-9a0c-0305e82c3301_9x9", None, "markup")]),
    ("5 https://example.org/ thousand", [("5", 5, "count"), ("thousand", 1000, "count")]),
    ("[5](https://example.org/b2)6 left", [("5", 5, "markup"), ("b2", None, "markup"), ("6", 6, "count")]),
    ("colour: #00ff1a; width: 12px; &#8217;", [("00ff1a", None, "markup"), ("12", 12, "markup"), ("8217", 8217, "markup")]),
    ("twice the size, double", [("twice", 2, "count"), ("double", 2, "count")]),
    ("۳٬۱۱۷ نفر، ١٢ شخصا، 1万8000人, 2.4만 명", [("۳٬۱۱۷", 3117, "count"), ("١٢", 12, "count"), ("1万8000", 18000, "count"), ("2.4만", 24000, "count")]),
    ("3½ hours, x², ①", [("3½", 3.5, "duration"), ("²", 2, "markup"), ("①", 1, "count")]),
    ("1,00,000 and 30 000 and 2.5", [("1,00,000", 100000, "count"), ("30 000", 30000, "count"), ("2.5", 2.5, "count")]),
    ("one person was killed, one of them died", [("one", 1, "casualty"), ("one", 1, "casualty")]),
    ("version 1.2.3 and v4.5.6", [("1.2.3", None, "identifier"), ("v4.5.6", None, "identifier")]),
    ("in the 1980s, in her twenties", [("1980", 1980, "date"), ("twenties", None, "age")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_numbers_are_found_with_value_and_category(text, expected):
    """Catch a number missed, split, or counted as the wrong thing."""
    found = [(m.text, m.value, m.category) for m in find_numbers(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "No one came.", "They help one another.", "one of the largest", "Another was one.", "one's home", "everyone, someone", "One fired into the air.",
        "First of all, at first, few or several or most of them", "in a split second", "for a second, he waited", "both of them, a couple, many", "headquarters and living quarters",
        "often, tend, weight, tension, height", "", " \n\t",
    ],
)  # fmt: skip
def test_words_that_are_no_numbers_are_left(text):
    """Catch pronouns, units of time and parts of words taken for numbers."""
    assert find_numbers(text) == []


WORDS = (
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred thousand million billion trillion dozen dozens hundreds thousands millions billions first third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " twentieth thirtieth hundredth thousandth half twice double triple twenty-first ninety-nine"
).split()


FRAMES = ["There were {} of them there.", "({})", "“{}”", "{}", "the—{}—lorries", "So {}, then.", "**{}**"]


@pytest.mark.parametrize("word", WORDS)
def test_no_english_number_word_is_missed(word):
    for frame in FRAMES:
        for written in (word, word.capitalize(), word.upper()):
            assert [m.text for m in find_numbers(frame.format(written))] == [written]


texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789٣۷８²½①.,:/-–' \u00a0abstndkm%$#&[]()万만年\n", max_size=60),
    st.lists(
        st.sampled_from(
            [
                "one",
                "two",
                "and",
                "a",
                "half",
                "hundred",
                "-",
                "million",
                "third",
                "of",
                "12",
                "https://x.org/1",
                " ",
                "January",
                "8",
                "\n",
                ".",
            ]
        ),
        max_size=20,
    ).map(" ".join),
)


@settings(deadline=None)
@given(texts)
def test_every_digit_of_any_script_lies_in_a_mention(text):
    covered = {i for m in find_numbers(text) for i in range(m.start, m.end)}
    missed = [c for i, c in enumerate(text) if i not in covered and unicodedata.digit(c, None) is not None]
    assert missed == []


@settings(deadline=None)
@given(texts)
def test_offsets_give_the_text_and_mentions_stand_apart_in_order(text):
    mentions = find_numbers(text)
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@settings(deadline=None)
@given(texts, st.text(alphabet="xyz\n “", max_size=20))
def test_numbers_do_not_depend_on_what_stands_before_a_new_line(text, prefix):
    before = [(m.start, m.end) for m in find_numbers(text)]
    shift = len(prefix) + 1
    assert [(m.start - shift, m.end - shift) for m in find_numbers(f"{prefix}\n{text}")] == before


HOSTILE = [
    "1",
    "a",
    "a1",
    "1 ",
    "111 ",
    "1,",
    "1.",
    "1-",
    "12:",
    "one ",
    "twenty-",
    "one and ",
    "tens of ",
    "http://",
    "https://x/",
    "www.",
    "[",
    "&#",
    "½",
    "万",
    "1万",
    "$",
    "-",
    "a-",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_time_is_linear_in_the_text(unit):
    """Catch a pattern that tries the same characters over and over: ten times the text may take some thirty times the time, not a hundred."""

    def seconds(size):
        text = unit * (size // len(unit))
        start = time.process_time()  # of this process alone, since other tests run beside it
        find_numbers(text)
        return time.process_time() - start

    short = max(seconds(2_000), 0.005)
    assert min(seconds(20_000) for _ in range(2)) < 40 * short


def test_a_long_hostile_line_takes_seconds():
    start = time.perf_counter()
    find_numbers("a" * 500_000 + "1" * 400_000 + "," * 10_000 + "1a" * 50_000)
    assert time.perf_counter() - start < 10


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "scripts.numbers", *map(str, arguments)], capture_output=True, text=True, timeout=60
    )


def test_the_command_lists_every_number_as_json(tmp_path):
    file = tmp_path / "text.txt"
    file.write_text("Café: 12 dead, dozens held on 3 May 2031.\n", encoding="utf-8")
    done = run(file, "--json")
    assert done.returncode == 0
    listed = json.loads(done.stdout)
    assert [(m["start"], m["text"], m["category"]) for m in listed] == [
        (6, "12", "casualty"),
        (15, "dozens", "casualty"),
        (30, "3", "date"),
        (36, "2031", "date"),
    ]
    assert run(file).stdout.count("casualty") == 2


@pytest.mark.parametrize(
    "content", [b"", b"caf\xe9 12", b"\x00\x01\x02" * 50, None], ids=["empty", "not UTF-8", "binary", "folder"]
)
def test_what_cannot_be_read_is_one_line_and_exit_2(tmp_path, content):
    file = tmp_path / "text.txt"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    done = run(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(file) in done.stderr and len(done.stderr.strip().splitlines()) == 1
