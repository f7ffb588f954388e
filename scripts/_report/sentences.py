"""A claim in words: one sentence for each, and the phrases of the table. No number but those of the row itself."""

import datetime
from typing import NamedTuple

from scripts._report.package import Package, Row

WHOM = {
    "all": "everyone",
    "protester": "protesters",
    "bystander": "bystanders",
    "civilian_unspecified": "civilians",
    "security_forces": "members of the security forces",
    "government_affiliated": "people tied to the government",
    "detainee": "detainees",
    "medical": "medical staff",
    "journalist": "journalists",
    "student": "students",
    "mixed": "members of several groups",
    "unspecified": "people",
}
AGE_AND_SEX = {
    ("child", "all"): "children",
    ("child", "female"): "girls",
    ("child", "male"): "boys",
    ("adult", "all"): "adults",
    ("adult", "female"): "women",
    ("adult", "male"): "men",
    ("all", "female"): "women and girls",
    ("all", "male"): "men and boys",
}
DONE = {
    "killed": "killed",
    "injured": "injured",
    "detained": "detained",
    "missing": "missing",
    "executed": "executed",
    "facing_execution": "facing execution",
    "sentenced": "sentenced",
    "charged": "charged",
    "summoned": "summoned",
    "forced_confession": "made to confess",
    "unspecified": "killed or harmed, without saying which",
}
DETAIL = {
    "severe": "severely injured",
    "minor": "lightly injured",
    "eye": "injured in the eyes",
    "amputation": "injured with loss of a limb",
    "ever_arrested": "arrested",
    "held_now": "held in custody",
    "identified": "detained and identified",
    "released": "released from custody",
    "death_sentence": "sentenced to death",
    "prison_sentence": "sentenced to prison",
}
STATUS = {
    "confirmed": "a figure it calls confirmed",
    "documented": "cases it calls documented",
    "identified_by_name": "identified by name",
    "official": "an official figure",
    "estimate": "which it calls an estimate",
    "projection": "which it calls a projection",
    "preliminary": "which it calls preliminary",
    "under_review": "cases it was still reviewing",
    "alleged": "called an allegation or unverified",
    "leaked": "said to come from leaked papers",
    "retracted": "a figure it has withdrawn",
}
BASIS = {
    "named_list": "from a list of names",
    "case_file": "from case files",
    "hospital_registrations": "from hospital registrations",
    "morgue_or_bodies": "from bodies seen or registered",
    "official_tally": "from an official tally",
    "eyewitness": "from what was seen",
    "hearsay": "from hearsay",
    "witness_extrapolation": "carried over from what a witness saw",
    "statistical_model": "from a statistical model",
    "media_compilation": "put together from media reports",
}
SAID = {
    "asserted": "said, of {whom} {done}{scope}:",
    "reported": "passed on, without vouching for it, of {whom} {done}{scope}:",
    "possible": "held possible, of {whom} {done}{scope}:",
    "conditional": "said, on a condition, of {whom} {done}{scope}:",
    "denied": "denied, of {whom} {done}{scope}:",
    "question": "asked, of {whom} {done}{scope}:",
}
FRAME = {
    "cumulative": "since the start",
    "period": "a period",
    "daily_increment": "new on one day",
    "single_event": "one event",
    "stock_now": "at that moment",
    "unspecified": "not said",
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Sentence(NamedTuple):
    """A sentence in three pieces, so that the figure can keep its own language and direction."""

    before: str
    figure: str
    after: str

    def __str__(self) -> str:
        return "".join(self)


def day(date: datetime.date) -> str:
    """26 January 2026."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def date_label(date: datetime.date | None, precision: str, bound: bool = False) -> str:
    """A date for the table, as exact as it is known: "26 Jan 2026", "by 26 Jan 2026", "January 2026"; empty if unknown."""
    if date is None:
        return ""
    if precision == "month":
        return f"{MONTHS[date.month - 1]} {date.year}"
    said = f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}"
    if precision == "exact_day":
        return f"by {said}" if bound else said
    return f"week of {said}" if precision == "week" else f"about {said}"


def words(term: str) -> str:
    """A term as people read it, for terms that no table here has."""
    return term.replace("_", " ")


def whom(claim: Row) -> str:
    """Of whom the claim speaks: "child protesters", "women", "everyone"."""
    role, age, sex = claim["victim_role"], claim["victim_age_group"], claim["victim_sex"]
    age, sex = (age if age in ("child", "adult") else "all"), (sex if sex in ("female", "male") else "all")
    people = AGE_AND_SEX.get((age, sex))
    if role in ("all", "unspecified"):
        return people or WHOM[role]
    noun = WHOM.get(role, words(role))
    return f"{people} among {noun}" if people else noun


def done(claim: Row) -> str:
    """What happened to them: "killed", "severely injured"."""
    detail, kind = claim["casualty_detail"], claim["casualty_type"]
    return DETAIL.get(detail, words(detail)) if detail else DONE.get(kind, words(kind))


def sentence(package: Package, claim: Row) -> Sentence:
    """The claim in one sentence: when, who, of whom, the figure as printed, what the claimant calls it, and where it stands."""
    name = package.claimants[claim["claimant_id"]]["name"]
    opening = f"{_when(claim)} {name}{',' if ',' in name else ''}"
    parts = {"whom": whom(claim), "done": done(claim), "scope": _scope(package, claim)}
    after = _after(package, claim)
    if not claim["figure_text"]:
        verb = {"denied": "denied", "possible": "held possible", "reported": "passed on"}.get(claim["modality"], "said")
        who = "people" if parts["whom"] == "everyone" else parts["whom"]
        text = f"{verb}, without giving a figure, that {who} were {parts['done']}{parts['scope']}"
        return Sentence(f"{opening} {text}{after}.", "", "")
    said = SAID.get(claim["modality"], SAID["asserted"]).format(**parts)
    return Sentence(f"{opening} {said} “", claim["figure_text"], f"”{after}.")


def _when(claim: Row) -> str:
    date = claim["as_of_date"]
    if date is None:
        return "On a day that is not stated"
    precision = claim["as_of_precision"]
    if precision == "month":
        return f"In {MONTHS[date.month - 1]} {date.year}"
    if precision == "exact_day":
        return f"{'By' if claim['as_of_basis'] == 'publication_bound' else 'On'} {day(date)}"
    return f"{'In the week of' if precision == 'week' else 'Around'} {day(date)}"


def _scope(package: Package, claim: Row) -> str:
    """Where, and over what time: blank first, empty if there is nothing to say."""
    event = package.events[claim["event_id"]]
    where = "" if claim["event_id"] == package.main_event else f" ({place(event)})"
    return where + _time(package, claim)


def place(event: Row) -> str:
    """A narrower scope in a few words, without digits that would read as a figure."""
    for text in (event["place_name"], event["title"]):
        if text and not any(c.isdigit() for c in text):
            return str(text)
    return "a narrower event"


def _time(package: Package, claim: Row) -> str:
    start, end = claim["period_start"], claim["period_end"]
    if claim["time_frame"] == "cumulative":
        return " since the protests began" if package.within_main_event(claim["event_id"]) else ""
    if start and end:
        return f" on {day(start)}" if start == end else f" from {day(start)} to {day(end)}"
    if start or end:
        return f" from {day(start)} on" if start else f" up to {day(end)}"
    return {"daily_increment": " on that day alone", "stock_now": " at that moment"}.get(claim["time_frame"], "")


def _after(package: Package, claim: Row) -> str:
    """What follows the figure, comma first: label, status, basis, security forces, relays and document."""
    said = [f"whom it calls “{claim['victim_label']}”"] if claim["victim_label"] else []
    said += [
        table[claim[c]] for table, c in ((STATUS, "claimant_status"), (BASIS, "counting_basis")) if claim[c] in table
    ]
    if claim["victim_role"] not in ("security_forces", "protester"):
        counted = {"yes": "security forces included", "no": "security forces left out"}
        said += [counted[s] for s in (claim["includes_security_forces"],) if s in counted]
    through = [package.claimants[hop["claimant_id"]]["name"] for hop in package.relays.get(claim["claim_id"], [])]
    publisher = package.documents[claim["document_id"]]["publisher"]
    if through:
        said.append(f"as passed on by {' and '.join(through)}")
    if not package.is_own_document(claim) and publisher not in through:
        said.append(f"in a document of {publisher}")
    return "".join(f", {part}" for part in said)


def basis(claim: Row) -> str:
    """What the claimant calls the figure and what was counted, for the table; empty if neither is said."""
    said = [words(claim[c]) for c in ("claimant_status", "counting_basis") if claim[c] != "unspecified"]
    if claim["modality"] != "asserted":
        said.insert(0, words(claim["modality"]))
    return " · ".join(said)


def period(package: Package, claim: Row) -> str:
    """What time and place the figure covers, for the table."""
    start, end = claim["period_start"], claim["period_end"]
    if start and end:
        text = day(start) if start == end else f"{day(start)} – {day(end)}"
    elif start or end:
        text = f"from {day(start)}" if start else f"to {day(end)}"
    else:
        text = FRAME.get(claim["time_frame"], words(claim["time_frame"]))
    event = package.events[claim["event_id"]]
    return text if claim["event_id"] == package.main_event else f"{text} · {event['place_name'] or event['title']}"


def short_name(name: str) -> str:
    """A claimant's name as a chart has room for: its initials if the name gives them, else what stands before a bracket or comma."""
    head, bracket, rest = name.partition(" (")
    initials = rest.rstrip(")")
    if bracket and initials.replace("/", "").isupper() and len(initials) <= 10 and " " not in initials:
        return initials
    head = head.partition(",")[0]
    return head if len(head) <= 30 else f"{head[:29].rsplit(' ', 1)[0]}…"


__all__ = [
    "Sentence",
    "basis",
    "date_label",
    "day",
    "done",
    "period",
    "place",
    "sentence",
    "short_name",
    "whom",
    "words",
]
