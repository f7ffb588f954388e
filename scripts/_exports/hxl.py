"""The claims with a row of HXL hashtags under the header, for the tools of the humanitarian data exchange.

Hashtags of the HXL 1.1 dictionary. `#affected` stands over numbers and `#date` over days only, since readers check it; what
is said about a figure has `#meta`. Each claim keeps its own row: no tool may add the column up.
"""

import csv
import io

from schemas.assembly import cell
from schemas.inconsistencies import rows_of
from schemas.tables import columns
from scripts._exports.package import Package
from scripts._problems import Unreadable

HXL = "casualty_claims.hxl.csv"

HASHTAGS: dict[str, str] = {
    "claim_id": "#meta+id+claim",
    "document_id": "#meta+id+document",
    "claimant_id": "#org+id+claimant",
    "event_id": "#event+id",
    "casualty_type": "#impact+type",
    "casualty_detail": "#impact+type+detail",
    "victim_role": "#group+role",
    "victim_age_group": "#group+age",
    "victim_sex": "#group+sex",
    "victim_label": "#group+label",
    "figure_text": "#meta+figure+text",
    "bound": "#meta+figure+bound",
    "value": "#affected+value",
    "low": "#affected+min",
    "high": "#affected+max",
    "vague_term": "#meta+figure+vague",
    "modality": "#meta+claim+modality",
    "claimant_status": "#status+claim",
    "counting_basis": "#meta+claim+basis",
    "time_frame": "#meta+claim+timeframe",
    "period_start": "#date+start",
    "period_end": "#date+end",
    "as_of_date": "#date+asof",
    "as_of_precision": "#meta+asof+precision",
    "as_of_basis": "#meta+asof+basis",
    "includes_security_forces": "#group+security",
    "record_status": "#status+record",
    "notes": "#description+notes",
}


def hxl_files(package: Package) -> dict[str, bytes]:
    """File name -> bytes. Raises Unreadable if the package has no claims."""
    if "casualty_claims" not in package.tables:
        raise Unreadable("casualty_claims: the package has no claims; there is nothing for HXL to tag")
    names = columns("casualty_claims")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerow([HASHTAGS[name] for name in names])
    writer.writerows([cell(row[name]) for name in names] for row in rows_of(package.tables["casualty_claims"].frame))
    return {HXL: text.getvalue().encode("utf-8")}
