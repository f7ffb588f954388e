"""Every controlled term, with its one-line definition and what other schemes of the field call it.

The terms stand here and nowhere else: table columns, record fields, the descriptor's `enum` and `categories`, the
codebook and the published resource `vocabularies` are made from them. A mapping is written "SCHEME: term"; a term that
no other scheme has is `UNMAPPED`. Mappings say where a user of that scheme would look, not that the two are equal.

Sources of the outside terms: UCDP GED codebook (date_prec, where_prec, type_of_violence), ACLED codebook (event and
sub-event types, source types, geo_precision), GTD codebook (nkill, nwound, attacktype), HXL 1.1 hashtag dictionary, Airwars
methodology (grading, strike status, location accuracy), PROV-O.
"""

from collections.abc import Iterator
from dataclasses import dataclass

UNMAPPED = "unmapped"


@dataclass(frozen=True)
class Term:
    """One option of a vocabulary: the term as stored, its definition, and its mappings as "SCHEME: term"."""

    name: str
    definition: str
    mappings: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """A named closed list of terms, in the order in which they are to be shown."""

    name: str
    terms: tuple[Term, ...]

    @property
    def names(self) -> list[str]:
        """The terms as they stand in the data."""
        return [term.name for term in self.terms]

    def rows(self) -> Iterator[dict[str, str]]:
        """Rows of the resource `vocabularies`: one for each mapping of each term."""
        for term in self.terms:
            for mapping in term.mappings:
                scheme, _, outside = mapping.partition(": ")
                yield {
                    "vocabulary": self.name,
                    "term": term.name,
                    "definition": term.definition,
                    "mapping_scheme": scheme,
                    "mapping_term": outside or UNMAPPED,
                }


def _vocabulary(name: str, *terms: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(
        name, tuple(Term(term, definition, tuple(mappings) or (UNMAPPED,)) for term, definition, *mappings in terms)
    )


CASUALTY_TYPE = _vocabulary(
    "casualty_type",
    ("killed", "Dead, from whatever cause the claim gives or leaves open, executions apart.", "UCDP GED: best, low, high", "ACLED: fatalities", "GTD: nkill", "HXL: #affected+killed", "Airwars: killed"),
    ("injured", "Hurt and alive when counted.", "GTD: nwound", "HXL: #affected+injured", "Airwars: injured"),
    ("detained", "Arrested or held by an authority, with or without a charge.", "ACLED: Arrests"),
    ("missing", "Whereabouts unknown to family or claimant, forced disappearance included.", "ACLED: Abduction/forced disappearance", "HXL: #affected+missing"),
    ("executed", "Put to death under a sentence."),
    ("facing_execution", "Alive and said to be at risk of execution, whether sentenced or not."),
    ("sentenced", "Given a sentence by a court."),
    ("charged", "Formally charged or indicted."),
    ("summoned", "Called in by a court, security body or university."),
    ("forced_confession", "Shown or recorded confessing under what the claimant calls duress."),
    ("unspecified", "Casualties or victims, without saying of what kind."),
)  # fmt: skip

CASUALTY_DETAIL = _vocabulary(
    "casualty_detail",
    ("severe", "Injured: severely, seriously or critically."),
    ("minor", "Injured: lightly."),
    ("eye", "Injured: in one or both eyes, blinding included."),
    ("amputation", "Injured: with loss of a limb."),
    ("ever_arrested", "Detained: all arrests since the start, released or not.", "ACLED: Arrests"),
    ("held_now", "Detained: still held on the as-of date."),
    ("identified", "Detained: those whose identity the claimant has established."),
    ("released", "Detained: those since let go."),
    ("death_sentence", "Sentenced: to death."),
    ("prison_sentence", "Sentenced: to prison."),
)

VICTIM_ROLE = _vocabulary(
    "victim_role",
    ("all", "Everyone the claimant counts, whatever their role."),
    ("protester", "Protesters or demonstrators only.", "ACLED: Protesters (6), Rioters (5)", "UCDP GED: deaths_civilians"),
    ("bystander", "People said not to have taken part.", "ACLED: Civilians (7)", "UCDP GED: deaths_civilians"),
    ("civilian_unspecified", "Civilians, of whom it is not said whether they took part.", "ACLED: Civilians (7)", "UCDP GED: deaths_civilians", "Airwars: civilians"),
    ("security_forces", "Police, Basij, Revolutionary Guards, soldiers and other armed agents of the state.", "ACLED: State Forces (1)", "UCDP GED: deaths_a"),
    ("government_affiliated", "People the claimant ties to the government, armed or not.", "ACLED: State Forces (1)", "UCDP GED: deaths_a"),
    ("detainee", "People in custody when they came to harm, or counted as detainees."),
    ("medical", "Doctors, nurses, rescuers and other medical staff.", "ACLED: Health Workers"),
    ("journalist", "Journalists and media workers.", "ACLED: Journalists"),
    ("student", "School or university students.", "ACLED: Students"),
    ("mixed", "Two or more named groups counted together, but not everyone.", "UCDP GED: deaths_unknown"),
    ("unspecified", "The document does not say whether anyone is left out.", "UCDP GED: deaths_unknown"),
)  # fmt: skip

VICTIM_AGE_GROUP = _vocabulary(
    "victim_age_group",
    ("all", "No restriction by age."),
    ("child", "Under 18, minors, children.", "HXL: #affected+children"),
    ("adult", "18 or older, or called a man or a woman.", "HXL: #affected+adults"),
    ("unspecified", "One person or a group of whom the age is not said and matters."),
)

VICTIM_SEX = _vocabulary(
    "victim_sex",
    ("all", "No restriction by sex."),
    ("female", "Women and girls only.", "HXL: #affected+f"),
    ("male", "Men and boys only.", "HXL: #affected+m"),
    ("unspecified", "One person or a group of whom the sex is not said and matters.", "HXL: #affected+i"),
)

BOUND = _vocabulary(
    "bound",
    ("exact", "The number itself: low = high = value.", "UCDP GED: low = high"),
    ("at_least", "The number or more: low = value.", "UCDP GED: low", "Airwars: minimum"),
    ("more_than", "More than the number: low = value + 1.", "UCDP GED: low"),
    ("at_most", "The number or fewer: high = value.", "UCDP GED: high", "Airwars: maximum"),
    ("less_than", "Fewer than the number: high = value - 1.", "UCDP GED: high"),
    ("approximate", "Around the number, with no stated limits."),
    ("range", "Between two numbers, both included.", "UCDP GED: low, high", "Airwars: minimum, maximum"),
    ("vague", "A quantity word without a number, see vague_terms."),
    ("share", "A part of a whole, as a word or percentage."),
    ("unquantified", "Presence of a group among the victims, without any quantity."),
)

MODALITY = _vocabulary(
    "modality",
    ("asserted", "Stated as so."),
    ("reported", "Passed on as hearsay, without being vouched for."),
    ("possible", "Said to be possible: may, could, possibly."),
    ("conditional", "Said to hold if something else does."),
    ("denied", "Said not to be so."),
    ("question", "Asked, not stated."),
)

CLAIMANT_STATUS = _vocabulary(
    "claimant_status",
    ("confirmed", "The claimant calls the cases confirmed or verified."),
    ("documented", "The claimant calls the cases documented or recorded."),
    ("identified_by_name", "The claimant has the victims' names."),
    ("official", "A state body's own figure."),
    ("estimate", "The claimant calls it an estimate."),
    ("projection", "The claimant says it extrapolates."),
    ("preliminary", "The claimant calls it preliminary or incomplete."),
    ("under_review", "Cases the claimant is still investigating; never added to confirmed ones."),
    ("alleged", "The claimant, or the document, calls it an allegation or unverified."),
    ("leaked", "Said to come from leaked or classified papers."),
    ("retracted", "Withdrawn by the claimant."),
    ("unspecified", "The document does not say what the claimant calls it."),
)

COUNTING_BASIS = _vocabulary(
    "counting_basis",
    ("named_list", "A list of names."),
    ("case_file", "Single cases, each with sources of its own."),
    ("hospital_registrations", "What hospitals registered."),
    ("morgue_or_bodies", "Bodies seen or registered, in a morgue or elsewhere."),
    ("official_tally", "A count by a state body."),
    ("eyewitness", "What somebody saw."),
    ("hearsay", "What somebody was told."),
    ("witness_extrapolation", "A witness's view carried over to a larger whole."),
    ("statistical_model", "A calculation from partial data."),
    ("media_compilation", "Put together from media reports."),
    ("unspecified", "The document does not say what was counted."),
)

TIME_FRAME = _vocabulary(
    "time_frame",
    ("cumulative", "Everything since the start of the protests."),
    ("period", "A stated span of days."),
    ("daily_increment", "New on one day."),
    ("single_event", "One happening.", "ACLED: event", "UCDP GED: event"),
    ("stock_now", "The number at one moment, such as detainees held today."),
    ("unspecified", "The document does not say."),
)

DATE_PRECISION = _vocabulary(
    "date_precision",
    ("exact_day", "The day is known.", "UCDP GED: date_prec 1", "ACLED: time_precision 1"),
    ("days_2_6", "Known to within two to six days.", "UCDP GED: date_prec 2"),
    ("week", "The week is known.", "UCDP GED: date_prec 3", "ACLED: time_precision 2"),
    ("month", "The month is known.", "UCDP GED: date_prec 4", "ACLED: time_precision 3"),
    ("longer", "Known to more than a month.", "UCDP GED: date_prec 5"),
    ("unknown", "Not known."),
)

DATE_BASIS = _vocabulary(
    "date_basis",
    ("stated", "The document states the date."),
    ("day_number", "Converted from a day number of the protests, day 1 being 2025-12-28."),
    ("publication_bound", "The day of publication, which the true date cannot be later than."),
    ("calendar_converted", "Converted from another calendar, such as the Jalali one."),
    ("inferred", "Worked out from the context, or not known."),
)

PLACE_PRECISION = _vocabulary(
    "place_precision",
    ("site", "A building, square or street.", "UCDP GED: where_prec 1", "ACLED: geo_precision 1", "Airwars: Exact location"),
    ("neighbourhood", "A part of a town.", "UCDP GED: where_prec 2", "ACLED: geo_precision 1", "Airwars: Neighbourhood/area"),
    ("locality", "A city, town or village.", "UCDP GED: where_prec 1", "ACLED: geo_precision 1", "Airwars: City, Town, Village"),
    ("county", "A county (shahrestan).", "UCDP GED: where_prec 3", "ACLED: geo_precision 2", "Airwars: District"),
    ("province", "A province (ostan).", "UCDP GED: where_prec 4", "ACLED: geo_precision 3", "Airwars: Province/governorate"),
    ("region", "More than one province, not the whole country.", "UCDP GED: where_prec 5"),
    ("national", "The whole country.", "UCDP GED: where_prec 6"),
    ("abroad", "Outside Iran."),
    ("unknown", "The document does not say.", "UCDP GED: where_prec 7"),
)  # fmt: skip

COORDINATE_ROLE = _vocabulary(
    "coordinate_role",
    ("exact", "The point is where it happened.", "ACLED: geo_precision 1"),
    ("representative", "The point stands for the place as a whole.", "ACLED: geo_precision 2"),
)

EVENT_TYPE = _vocabulary(
    "event_type",
    ("protest", "A gathering or wave of protests.", "ACLED: Peaceful protest"),
    ("strike", "A closing of shops or stopping of work.", "ACLED: Peaceful protest"),
    ("lethal_force", "Force by the state that kills or may kill.", "ACLED: Excessive force against protesters", "UCDP GED: type_of_violence 3"),
    ("violent_demonstration", "A demonstration in which participants use violence.", "ACLED: Violent demonstration"),
    ("attack_on_security_forces", "An attack on police or armed agents.", "ACLED: Mob violence, Armed clash"),
    ("hospital_raid", "An armed entry into a place of care, or harm done there.", "ACLED: Attack", "GTD: Facility/Infrastructure Attack"),
    ("arrest_campaign", "Arrests of many people, or over a span of time.", "ACLED: Arrests"),
    ("disappearance", "People taken, their fate unknown.", "ACLED: Abduction/forced disappearance"),
    ("execution", "Executions under a sentence."),
    ("shutdown", "Internet or telephone cut off.", "ACLED: Other (Strategic developments)"),
    ("treatment_of_bodies", "What was done with the dead: withheld, moved, buried, exhumed."),
    ("deployment", "Forces moved or posted.", "ACLED: Change to group/activity"),
    ("official_statement", "Words of a state or its officials."),
    ("casualty_publication", "The publishing of a toll or list."),
    ("international_action", "Acts or words of other states or international bodies."),
    ("crackdown", "The suppression as a whole, or in one place over a span of time.", "UCDP GED: type_of_violence 3"),
    ("other", "None of the above.", "ACLED: Other"),
)  # fmt: skip

PUBLISHER_TYPE = _vocabulary(
    "publisher_type",
    ("ngo_monitor", "A non-governmental body that records cases.", "ACLED: Local Partner Data, Reports"),
    ("state_body", "A ministry, court, armed force or other body of a state.", "ACLED: Reports"),
    ("state_media", "Media owned or steered by a state or its armed forces.", "ACLED: Traditional Media"),
    ("news_agency", "An agency that sells news to other media.", "ACLED: Traditional Media"),
    ("news_outlet", "A newspaper, broadcaster or news site.", "ACLED: Traditional Media"),
    ("un_body", "A body or expert of the United Nations.", "ACLED: Reports"),
    ("international_org", "Another international organisation.", "ACLED: Reports"),
    ("academic", "A university, journal or learned body.", "ACLED: Reports"),
    ("social_media", "A platform or account there.", "ACLED: New Media (targeted and verified)"),
    ("aggregator", "A site that copies or sums up what others publish.", "ACLED: Traditional Media"),
    ("encyclopedia", "An encyclopedia or a mirror of one."),
    ("opposition_group", "A political opposition group.", "ACLED: Reports"),
    ("other", "None of the above, personal sites included."),
)

DOCUMENT_TYPE = _vocabulary(
    "document_type",
    ("report", "A report or analysis by a body that records or researches."),
    ("daily_update", "One of a regular series of situation reports."),
    ("news_article", "A news report."),
    ("statement", "A press release or declaration."),
    ("social_post", "A post on a social platform."),
    ("name_list", "A list of names."),
    ("dataset", "A table or database."),
    ("interview", "Questions and answers, or a piece built on them."),
    ("testimony", "An account by somebody who was there."),
    ("resolution", "A resolution of a parliament or international body."),
    ("opinion", "An opinion piece or essay."),
    ("encyclopedia_article", "An article in an encyclopedia."),
)

CLAIMANT_TYPE = _vocabulary(
    "claimant_type",
    ("ngo_monitor", "A non-governmental body that records cases."),
    ("state_body", "A ministry, court, armed force or other body of a state."),
    ("state_official", "A named holder of a state office in Iran."),
    ("state_media", "Media owned or steered by a state or its armed forces."),
    ("news_outlet", "A news agency, newspaper, broadcaster or news site."),
    ("un_body", "A body or expert of the United Nations."),
    ("international_org", "Another international organisation."),
    ("opposition_group", "An opposition group or somebody who speaks for it."),
    ("medical_network", "A network of medical workers."),
    ("medical_worker", "One or more doctors, nurses or hospital staff."),
    ("witness", "Somebody who saw or was told, unnamed or under a pseudonym."),
    ("politician", "A politician outside the Iranian state."),
    ("academic", "A researcher or research body."),
    ("unnamed_source", "A source the document does not name."),
    ("author", "The author of the document."),
)

ANONYMITY = _vocabulary(
    "anonymity",
    ("named", "Known by name: an organisation, office-holder or published author."),
    ("pseudonym", "Under a name that is said not to be theirs."),
    ("unnamed", "Not named by the document."),
    ("collective", "A group counted as one voice, without names."),
)

TEXT_ACCESS = _vocabulary(
    "text_access",
    ("full_text", "The whole text was read, is held and hashed, and has a ledger."),
    ("excerpt", "Only its beginning was read."),
    ("not_read", "Known from a citation only."),
)

COPY_STATUS = _vocabulary(
    "copy_status",
    ("original", "First publication."),
    ("wire_copy", "An agency's text, printed as it came.", "PROV: wasQuotedFrom"),
    ("rewritten_copy", "Another publisher's report in other words.", "PROV: wasDerivedFrom"),
    ("repost", "Another publisher's text, republished.", "PROV: wasQuotedFrom"),
    ("translation", "Another publisher's text, translated.", "PROV: wasDerivedFrom"),
    ("unknown", "Not known."),
)

RELAY_ROLE = _vocabulary(
    "relay_role",
    ("relayed_by", "Passed the claim on.", "PROV: wasQuotedFrom"),
    ("spokesperson", "Spoke for the claimant.", "PROV: actedOnBehalfOf"),
    ("translated_by", "Passed the claim on in another language.", "PROV: wasDerivedFrom"),
    ("cited_by", "Cited or linked to the claim.", "PROV: hadPrimarySource"),
)

RELATION = _vocabulary(
    "relation",
    ("restates", "Says again what another claim of the same document says.", "PROV: alternateOf"),
    ("echoes", "Carries a claim that another document carries nearer to its origin.", "PROV: wasQuotedFrom"),
    ("mistranscribes", "Carries another claim with a slip, such as a transposed digit.", "PROV: wasDerivedFrom"),
    ("supersedes", "Replaces an earlier claim of the same claimant.", "PROV: wasRevisionOf"),
    ("corrects", "Corrects an earlier claim of the same claimant.", "PROV: wasRevisionOf"),
    ("retracts", "Withdraws an earlier claim of the same claimant.", "PROV: wasInvalidatedBy"),
    ("disputes", "Is put forward against another claim."),
    ("part_of", "One of the parts that make up the other claim's total."),
    ("subset_of", "Some of those whom the other claim counts."),
    ("internal_conflict", "A title or passage that the document's own text does not bear out."),
)

MENTION_CATEGORY = _vocabulary(
    "mention_category",
    ("casualty", "A figure of people killed, injured, detained or otherwise harmed."),
    ("crowd", "A number of people who are not casualties."),
    ("place_count", "A number of cities, provinces or places."),
    ("date", "A date or a part of one."),
    ("time", "A time of day."),
    ("duration", "A length of time."),
    ("age", "An age."),
    ("money", "A sum of money."),
    ("percentage", "A percentage or fraction."),
    ("ordinal", "A rank or position."),
    ("identifier", "A name, model or code that has digits."),
    ("count", "A number of things."),
    ("markup", "Part of an address, tag or other markup."),
)

RECORD_STATUS = _vocabulary(
    "record_status",
    ("active", "In use."),
    ("superseded", "Replaced by another row of ours.", "PROV: wasRevisionOf"),
    ("retracted", "Ours, and wrong.", "PROV: wasInvalidatedBy"),
    ("withheld", "Emptied to protect a person; the identifier stays."),
    ("merged", "The same as another row."),
)

SECURITY_FORCES_COUNTED = _vocabulary(
    "includes_security_forces",
    ("yes", "Security forces are among those counted."),
    ("no", "Security forces are left out."),
    ("unknown", "The document does not say."),
)

EXCLUSION_REASON = _vocabulary(
    "exclusion_reason",
    ("collected_no_claim", "Read; it makes no claim about casualties."),
    ("not_found", "Could not be found again."),
    ("out_of_scope", "About another year or another event."),
    ("duplicate_of", "The same page as a document in the package."),
    ("privacy", "Coding it would expose a private person."),
)

REPORT_STATUS = _vocabulary(
    "report_status",
    ("collected", "A document in the package carries the report."),
    ("expected_not_found", "A report was due and was not found."),
    ("publisher_silent", "The publisher had said that it would not report."),
)

VOCABULARIES: dict[str, Vocabulary] = {
    vocabulary.name: vocabulary
    for vocabulary in (
        CASUALTY_TYPE, CASUALTY_DETAIL, VICTIM_ROLE, VICTIM_AGE_GROUP, VICTIM_SEX, BOUND, MODALITY, CLAIMANT_STATUS,
        COUNTING_BASIS, TIME_FRAME, DATE_PRECISION, DATE_BASIS, PLACE_PRECISION, COORDINATE_ROLE, EVENT_TYPE,
        PUBLISHER_TYPE, DOCUMENT_TYPE, CLAIMANT_TYPE, ANONYMITY, TEXT_ACCESS, COPY_STATUS, RELAY_ROLE, RELATION,
        MENTION_CATEGORY, RECORD_STATUS, SECURITY_FORCES_COUNTED, EXCLUSION_REASON, REPORT_STATUS,
    )
}  # fmt: skip

#: Which details go with which casualty type; every other type has none.
DETAILS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "injured": ("severe", "minor", "eye", "amputation"),
    "detained": ("ever_arrested", "held_now", "identified", "released"),
    "sentenced": ("death_sentence", "prison_sentence"),
}
