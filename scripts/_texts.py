"""Reading the texts that one has: plain text, saved web pages and PDF files, none of them trusted.

Nothing is ever fetched. A PDF is read in a process of its own with a limit of time and memory, since a hostile one could otherwise hang the command.
"""

import hashlib
import logging
import multiprocessing
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import lxml.etree
import lxml.html

from scripts._problems import Unreadable

TEXT_SUFFIXES = {".txt", ".md", ".text"}
PAGE_SUFFIXES = {".html", ".htm", ".xhtml"}
SUFFIXES = TEXT_SUFFIXES | PAGE_SUFFIXES | {".pdf"}

MAX_BYTES = 512 * 2**20
MAX_LINE = 16 * 2**20
PDF_SECONDS = 60
PDF_BYTES = 4 * 2**30

# Elements within which a word may go on; every other one parts words.
_INLINE = frozenset(["a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"])  # fmt: skip
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object")


def read_text(path: Path) -> str:
    """The text of a file, as its readers see it. Raises Unreadable, in one line, for whatever cannot be read."""
    content = read_bytes(path)
    suffix = path.suffix.lower()
    if suffix in PAGE_SUFFIXES or (
        suffix not in SUFFIXES and content.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))
    ):
        return _page_text(path, content)
    if suffix == ".pdf" or content.startswith(b"%PDF-"):
        return _pdf_text(path)
    return _plain_text(path, content)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of bearable size. Raises Unreadable."""
    try:
        if path.is_dir():
            raise Unreadable(f"{path}: a folder; name a file")
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"{path}: larger than {MAX_BYTES // 2**20} MB; no text of a document is")
        if not path.is_file():
            raise Unreadable(f"{path}: not a file")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error.strerror})") from None
    if not content.strip():
        raise Unreadable(f"{path}: empty")
    return content


def _plain_text(path: Path, content: bytes) -> str:
    if b"\0" in content[: 1 << 20]:
        raise Unreadable(f"{path}: a binary file, not a text")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if len(text) > MAX_LINE:
        longest = max(text.split("\n"), key=len)
        if len(longest) > MAX_LINE:
            line = text[: text.index(longest)].count("\n") + 1
            raise Unreadable(f"{path}:{line}: a line of {len(longest):,} characters is no text; break it up")
    return text


def _page_text(path: Path, content: bytes) -> str:
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # the page says itself, or lxml guesses
    parser = lxml.html.HTMLParser(
        encoding=encoding, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(content, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise Unreadable(f"{path}: not a web page ({error})") from None
    for element in list(tree.iter(*_UNSEEN)):
        if element.tag != "head":
            element.drop_tree()
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    text = "".join(str(part) for part in tree.itertext())
    if not text.strip():
        raise Unreadable(f"{path}: a page without text")
    return text


def _pdf_text(path: Path) -> str:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_read_pdf, args=(str(path), queue), daemon=True)
    process.start()
    try:
        text, error = queue.get(timeout=PDF_SECONDS)
    except Empty:
        raise Unreadable(f"{path}: this PDF takes longer than {PDF_SECONDS} seconds to read") from None
    finally:
        process.kill()
        process.join()
    if error:
        raise Unreadable(f"{path}: not a readable PDF ({error})")
    if not text.strip():
        raise Unreadable(f"{path}: a PDF without text; perhaps a scan")
    return str(text)


def _read_pdf(path: str, queue: "multiprocessing.Queue[tuple[str, str]]") -> None:
    resource.setrlimit(resource.RLIMIT_AS, (PDF_BYTES, PDF_BYTES))
    logging.disable()  # what the library has to say about the file is no message for people
    try:
        from pypdf import PdfReader

        queue.put(("\n".join(page.extract_text() for page in PdfReader(path).pages), ""))
    except BaseException as error:  # whatever a hostile file makes the library do, the command gets one line
        queue.put(("", type(error).__name__))


def text_files(folder: Path) -> Iterator[Path]:
    """The texts, pages and PDF files of a folder and those below it, links to folders not followed.

    Raises Unreadable if the folder is not there or has none.
    """
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder")
    found = False
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES:
                found = True
                yield Path(place, name)
    if not found:
        raise Unreadable(f"{folder}: no texts in it ({', '.join(sorted(SUFFIXES))})")


def held_texts(folder: Path) -> dict[str, str]:
    """SHA-256 of the bytes -> text, for every plain text in a folder; none if the folder is not there."""
    texts = {}
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
        content = read_bytes(path)
        texts[hashlib.sha256(content).hexdigest()] = _plain_text(path, content)
    return texts
