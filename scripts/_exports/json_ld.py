"""The package as a schema.org Dataset (JSON-LD), for the page and for search engines; made from the descriptor."""

from collections.abc import Mapping
from typing import Any

from schemas.rules.dates import DAY_ONE

#: What the descriptor has no words for. The protests have a first day and, as far as the data know, no last.
TEMPORAL_COVERAGE = f"{DAY_ONE.isoformat()}/.."
SPATIAL_COVERAGE = "Iran"


def dataset_json_ld(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """A schema.org Dataset. Before it goes into a page, `<` in its JSON must be written as `\\u003c`."""
    licence = (descriptor.get("licenses") or [{}])[0]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": descriptor["title"],
        "alternateName": descriptor["name"],
        "description": descriptor["description"],
        "version": descriptor["version"],
        "datePublished": str(descriptor["created"])[:10],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": licence.get("path") or licence.get("name"),
        "keywords": list(descriptor.get("keywords", [])),
        "creator": [
            {"@type": "Organization", "name": contributor["title"]}
            for contributor in descriptor.get("contributors", [])
        ],
        "temporalCoverage": TEMPORAL_COVERAGE,
        "spatialCoverage": {"@type": "Place", "name": SPATIAL_COVERAGE, "identifier": "IR"},
        "measurementTechnique": "Coding of published documents, one row per claim; no figure is confirmed, summed or estimated.",
        "variableMeasured": [_variable(field) for field in _claim_fields(descriptor)],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": resource["name"],
                "description": resource.get("description"),
                "contentUrl": resource["path"],
                "encodingFormat": resource.get("mediatype", "text/csv"),
                "contentSize": f"{resource['bytes']} B",
                "sha256": str(resource["hash"]).removeprefix("sha256:"),
            }
            for resource in descriptor["resources"]
        ],
    }


def _claim_fields(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    claims = next((resource for resource in descriptor["resources"] if resource["name"] == "casualty_claims"), None)
    return claims["schema"]["fields"] if claims else []


def _variable(field: Mapping[str, Any]) -> dict[str, Any]:
    return {"@type": "PropertyValue", "name": field["name"], "description": f"{field['title']}. {field['description']}"}
