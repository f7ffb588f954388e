"""Privacy: nothing by which a private person could be reached or recognised."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import narwhals as nw

from schemas.rules.cells import TEXT_COLUMNS, all_cells, each_cell, offences
from schemas.rules.expressions import known, one_of, says
from schemas.rules.registry import EVERY_TABLE, Offence, Tables, rule

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NO_NUMBER = re.compile(r"[0-9a-f]{64}|[a-z][a-z0-9-]*|https?://\S+")
"""Hashes, identifiers and addresses: cells whose digits are nobody's number."""


def _digits_plain(cell: str) -> str:
    """The cell in ASCII digits, addresses and hashes taken out: their digits are nobody's number."""
    plain = unicodedata.normalize("NFKC", _URL.sub(" ", cell))
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?\[at\]\s?|%40)[\w-]+\.[\w-]", re.IGNORECASE)


@each_cell("privacy-no-email", "No cell has an e-mail address.", "has an e-mail address; take it away")
def has_email(cell: str) -> bool:
    return ("@" in cell or "at]" in cell or "%40" in cell) and bool(_EMAIL.search(cell))


_TELEPHONE = re.compile(
    r"(?<![\w.,+])(?:\+|00)[1-9](?:[ ().-]{0,2}[0-9]){7,14}(?![\w])"  # with a country code
    r"|(?<![\w.,-])0[0-9]{2}(?:[ .-]?[0-9]){8}(?!\w)"  # within Iran: 0912 345 6789, 021-8888 8888
    r"|(?<![\w.,-])\([0-9]{3}\) ?[0-9]{3}[ .-][0-9]{4}(?!\w)|(?<![\w.,-])[0-9]{3}[.-][0-9]{3}[.-][0-9]{4}(?!\w)"
)


@each_cell("privacy-no-telephone", "No cell has a telephone number.", "has a telephone number; take it away")
def has_telephone(cell: str) -> bool:
    if len(_DIGIT.findall(cell)) < 8 or _NO_NUMBER.fullmatch(cell):
        return False
    return bool(_TELEPHONE.search(_digits_plain(cell)))


_NATIONAL_ID = re.compile(r"(?<![\w.,+-])[0-9]{10}(?![\w-])(?![.,][0-9])|(?<![\w.,-])[0-9]{3}-[0-9]{6}-[0-9](?![\w-])")


@each_cell(
    "privacy-no-national-id",
    "No cell has a national identity number.",
    "has ten digits in a row, as Iranian identity numbers have; take them away",
)
def has_national_id(cell: str) -> bool:
    if len(_DIGIT.findall(cell)) < 10 or _NO_NUMBER.fullmatch(cell):
        return False
    return bool(_NATIONAL_ID.search(_digits_plain(cell)))


_NETWORKS = (
    "twitter.com", "x.com", "instagram.com", "facebook.com", "fb.com", "t.me", "telegram.me", "tiktok.com", "linkedin.com", "threads.net",
    "threads.com", "bsky.app", "vk.com", "youtube.com", "reddit.com", "truthsocial.com", "snapchat.com", "wa.me", "whatsapp.com",
)  # fmt: skip
_NO_ACCOUNT = ("watch", "hashtag", "search", "explore", "status", "shorts", "playlist", "embed", "r", "")
_HANDLE = re.compile(r"(?<![\w/.@])@[A-Za-z_][\w.]{2,30}")


def accounts(cell: str) -> set[str]:
    """Accounts on social networks that a cell links to, as host/name; a bare handle as @name."""
    found = {match.casefold() for match in _HANDLE.findall(_URL.sub(" ", cell))} if "@" in cell else set()
    for url in _URL.findall(cell) if "://" in cell else ():
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
        except ValueError:
            continue
        names = [part.casefold() for part in parts.path.split("/") if part]
        if host in _NETWORKS and names:
            name = (
                names[1]
                if names[0] in ("in", "user", "c", "channel", "profile", "s", "u", "people", "company")
                and len(names) > 1
                else names[0]
            )
            if name.rstrip(")") not in _NO_ACCOUNT:
                found.add(f"{host}/{name}")
        elif any(name.startswith("@") for name in names):
            found.add(f"{host}/{next(name for name in names if name.startswith('@'))}")
    return found


def _public_accounts(tables: Tables) -> set[str]:
    claimants = tables.distinct("claimants", "url", "anonymity", "claimant_type")
    public = [
        row
        for row in claimants
        if row["anonymity"] == "named" and row["claimant_type"] not in ("witness", "medical_worker") and row["url"]
    ]
    return {account for row in public for account in accounts(row["url"])}


@rule(
    "privacy-no-personal-account",
    "No cell links to a personal account or gives its handle.",
    table=EVERY_TABLE,
    message="names an account on a social network; leave it out, unless it is the url of a named claimant that is an organisation or office-holder",
)
def personal_accounts(tables: Tables) -> Iterator[Offence]:
    found = {cell for cell in all_cells(tables, TEXT_COLUMNS) if ("@" in cell or "://" in cell) and accounts(cell)}
    public = _public_accounts(tables) if found else set()
    wrong = {cell for cell in found if accounts(cell) - public}
    return offences(
        tables,
        wrong.__contains__,
        "names an account on a social network that is not the url of a named claimant; leave it out",
    )


@rule(
    "privacy-witness-without-name",
    "A witness or unnamed source is not named.",
    table="claimants",
    columns=["anonymity"],
    message="claimant_type is {claimant_type} and anonymity {anonymity}; such claimants are unnamed, collective or under a pseudonym",
)
def named_witness(tables: Tables) -> Any:
    return tables["claimants"].filter(
        one_of("claimant_type", "witness", "unnamed_source") & one_of("anonymity", "named")
    )


_PSEUDONYM = (
    r"(?i)pseudonym|(?:not|isn't) (?:his|her|their|the) real name|name (?:has been |was |is )?changed|assumed name"
)


@rule(
    "privacy-pseudonym-is-marked",
    "A pseudonym is marked as one.",
    table="claimants",
    columns=["anonymity"],
    message="name or notes speak of a pseudonym, but anonymity is {anonymity}; pseudonym would be right",
)
def pseudonym_unmarked(tables: Tables) -> Any:
    speaks = says("name", _PSEUDONYM) | says("notes", _PSEUDONYM)
    return tables["claimants"].filter(speaks & known("anonymity") & (nw.col("anonymity") != "pseudonym"))


@rule(
    "privacy-unnamed-stays-unknown",
    "Nothing leads to a claimant who is not named.",
    table="claimants",
    columns=["wikidata_id", "url"],
    message="wikidata_id {wikidata_id} and url {url} should be empty: anonymity is {anonymity}",
)
def unnamed_but_linked(tables: Tables) -> Any:
    return tables["claimants"].filter(
        one_of("anonymity", "unnamed", "pseudonym") & (known("wikidata_id") | known("url"))
    )


@rule(
    "privacy-withheld-claim-is-empty",
    "A claim withheld to protect a person has no figure left.",
    table="casualty_claims",
    columns=["figure_text"],
    message="record_status is withheld; figure_text, victim_label and the numbers should be empty, bound unquantified",
)
def withheld_claim_with_content(tables: Tables) -> Any:
    left = known("figure_text") | known("victim_label") | known("value") | known("low") | known("high")
    return tables["casualty_claims"].filter(one_of("record_status", "withheld") & left)


@rule(
    "privacy-withheld-claim-has-no-evidence",
    "No passage leads to a claim that is withheld.",
    table="evidence",
    columns=["claim_id"],
    message="{claim_id} is withheld to protect a person; take its evidence away",
)
def evidence_of_withheld_claim(tables: Tables) -> Any:
    withheld = tables["casualty_claims"].filter(one_of("record_status", "withheld")).select("claim_id")
    return tables["evidence"].filter(known("claim_id")).join(withheld, on="claim_id", how="inner")


@rule(
    "privacy-withheld-document-is-empty",
    "A document withheld to protect a person has no author or address left.",
    table="documents",
    columns=["author", "source_url", "archive_url"],
    message="record_status is withheld; author {author}, source_url {source_url} and archive_url {archive_url} should be empty",
)
def withheld_document_with_content(tables: Tables) -> Any:
    left = known("author") | known("source_url") | known("archive_url")
    return tables["documents"].filter(one_of("record_status", "withheld") & left)
