"""Whoever has a document finds each claim's passage in it, whatever the copy looks like, and notices a figure that has changed."""

import json
from pathlib import Path

import pytest

from scripts._curated import load_curated
from scripts._ledger import ledger_faults
from scripts._texts import held_texts
from tests.conftest import ROOT, Project, one_line
from tests.curated_example import TEXT

MONITOR = "example-monitor-2026-01-10-toll"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Toll</title><script>var x = "at least 9,999";</script></head><body>
<nav><a href="https://example.org/6">Home</a></nav><article><h1>Toll</h1><p>{}</p></article>
<img src="http://127.0.0.1:9/never-fetched.png"><link rel="stylesheet" href="http://127.0.0.1:9/never.css"></body></html>"""


def verdicts(project: Project, *arguments: str) -> tuple[int, list[dict]]:
    result = project.run("verify", *arguments, "--json")
    assert "Traceback" not in result.stderr, result.stderr
    return result.returncode, json.loads(result.stdout) if result.stdout else []


def marked_up(text: str) -> str:
    """The text as a page would have it: emphasis inside words and figures, entities, links, line breaks in odd places."""
    text = (
        text.replace("1,204", "<b>1</b>,<i>204</i>")
        .replace(" people", "&nbsp;people")
        .replace("killed", '<a href="https://example.org/k">killed</a>')
    )
    return PAGE.format(text.replace("\n", "<br>"))


COPIES = {
    "as it was": ("copy.txt", lambda t: t),
    "in one line, in capitals": ("copy.txt", lambda t: " ".join(t.split()).upper()),
    "as a saved page": ("copy.html", marked_up),
    "as a page in another encoding": ("copy.htm", lambda t: marked_up(t).replace("utf-8", "utf-16")),
    "with other dashes and quotation marks": ("copy.md", lambda t: t.replace(", ", " — “").replace(".", "”.")),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_recognised_and_every_passage_found(built: Project, name: str) -> None:
    file, alter = COPIES[name]
    (built.root / "texts").mkdir()
    encoding = "utf-16" if "encoding" in name else "utf-8"
    (built.root / "texts" / file).write_bytes(alter(TEXT).encode(encoding))
    status, found = verdicts(built, "texts")
    assert status == 0 and {v["status"] for v in found} == {"found"} and len(found) == 8
    assert {v["document_id"] for v in found} == {MONITOR}


def test_a_changed_figure_is_missing(built: Project) -> None:
    (built.root / "copy.html").write_text(marked_up(TEXT).replace("1,100", "1,010"), encoding="utf-8")
    status, found = verdicts(built, "--document", MONITOR, "copy.html")
    assert status == 1
    assert {v["subject"].rpartition("-")[2] for v in found if v["status"] == "missing"} >= {"c02"}
    assert {v["status"] for v in found if v["subject"].endswith("-c05")} == {"found"}


def test_a_passage_that_stands_twice_is_ambiguous(built: Project) -> None:
    (built.root / "copy.txt").write_text(TEXT + "\n" + TEXT, encoding="utf-8")
    status, found = verdicts(built, "--document", MONITOR, "copy.txt")
    assert status == 1 and {v["status"] for v in found} == {"ambiguous"}


def test_a_reader_sees_the_passage_in_her_own_copy(built: Project) -> None:
    (built.root / "saved page.html").write_text(marked_up(TEXT), encoding="utf-8")
    result = built.run("verify", "--document", MONITOR, "saved page.html")
    assert (
        result.returncode == 0
        and "8 found" in result.stdout
        and "shot in front of a bakery" in " ".join(result.stdout.split())
    )


def test_a_pdf_is_read(built: Project) -> None:
    (built.root / "copy.pdf").write_bytes(pdf_of(TEXT))
    status, found = verdicts(built, "--document", MONITOR, "copy.pdf")
    assert status == 0 and {v["status"] for v in found} == {"found"}


def pdf_of(text: str) -> bytes:
    """A PDF of one page that shows the text, a line a line."""
    shown = b"".join(b"(%s) Tj T*\n" % line.replace("(", "\\(").encode() for line in text.split("\n"))
    stream = b"BT /F1 9 Tf 12 TL 20 700 Td\n" + shown + b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % o for o in offsets
    )
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


UNREADABLE = {
    "not UTF-8": ("x.txt", b"caf\xe9 au lait " * 9, "not UTF-8"),
    "empty": ("x.txt", b"", "empty"),
    "white space": ("x.html", b" \n ", "empty"),
    "binary": ("x.txt", b"\x7fELF\0\0\0\1" * 20, "binary"),
    "one long line": ("x.txt", b"word " * 4_000_000, "a line of 20,000,000 characters"),
    "a broken PDF": ("x.pdf", b"%PDF-1.7\n" + b"garbage " * 100, "not a readable PDF"),
    "a page without text": ("x.html", b"<html><body><script>1</script></body></html>", "without text"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_line(built: Project, name: str) -> None:
    file, content, words = UNREADABLE[name]
    (built.root / file).write_bytes(content)
    said = one_line(built.run("verify", "--document", MONITOR, file), 2)
    assert words in said and file in said and len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "no such folder"),
        (("texts",), "no texts in it"),
        (("--document", "no-such", "x.txt"), "no document of that ID"),
    ],
)
def test_wrong_use_is_said_in_one_line(built: Project, arguments: tuple[str, ...], words: str) -> None:
    (built.root / "texts").mkdir()
    assert words in one_line(built.run("verify", *arguments), 2)


def test_a_loop_of_links_does_no_harm(built: Project) -> None:
    folder = built.root / "texts"
    folder.mkdir()
    (folder / "copy.txt").write_text(TEXT, encoding="utf-8")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    result = built.run("verify", "texts")
    assert "Traceback" not in result.stderr and "8 found" in result.stdout and "self.txt" in result.stderr


def test_a_hostile_page_cannot_hang_it(built: Project) -> None:
    deep = (
        "<div>" * 200_000
        + TEXT.replace("\n", " ")
        + "<b>" * 100_000
        + "<!ENTITY x '&x;&x;'>&x;"
        + "<a href='file:///etc/passwd'>" * 1000
    )
    (built.root / "copy.html").write_text(deep, encoding="utf-8")
    result = built.run("verify", "--document", MONITOR, "copy.html")
    assert "Traceback" not in result.stderr and result.returncode in (0, 1, 2)


def test_every_anchor_of_the_held_documents_is_found_once_where_it_was(sources: Path) -> None:
    result = Project(ROOT).run("verify", str(sources), "--json")
    found = json.loads(result.stdout)
    assert result.returncode == 0, result.stderr
    assert {v["status"] for v in found} == {"found"} and len({v["document_id"] for v in found}) == 4


def test_every_number_of_the_held_documents_is_accounted_for(sources: Path) -> None:
    documents = load_curated(ROOT / "data/curated").documents
    texts = held_texts(sources)
    held = [document for document in documents if document["text_sha256"] in texts]
    assert len(held) == sum(document["text_access"] == "full_text" for document in documents) == 4
    assert all(len(texts[document["text_sha256"]]) == document["text_characters"] for document in held)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCES_DIR", str(sources))
        assert ledger_faults(held, ROOT) == []
        assert len(ledger_faults([{**document, "numbers": []} for document in held], ROOT)) == sum(
            len(d["numbers"]) for d in held
        )


def test_every_casualty_number_leads_to_a_claim_or_says_why_not(sources: Path) -> None:
    for document in load_curated(ROOT / "data/curated").documents:
        for mention in document["numbers"]:
            assert mention["category"] != "casualty" or mention["claim_id"] or mention["notes"], (
                document["document_id"],
                mention,
            )
