"""Croissant 1.0, with the fields of its Responsible AI extension: what machine-learning catalogues read.

The CSVs stand beside the file, so that the folder is whole. https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

import json
from typing import Any

from scripts._codebook import WARNINGS
from scripts._exports.json_ld import TEMPORAL_COVERAGE
from scripts._exports.package import Package, Table

CROISSANT = "croissant.json"

#: The context that the specification gives, word for word; readers warn about any other.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}

#: What the Responsible AI extension asks, answered for this package.
_RAI: dict[str, Any] = {
    "rai:dataCollection": (
        "Public documents about casualties of Iran's protests since 28 December 2025 were found by search and by "
        "following citations, "
        "read, and coded claim by claim. Every claim keeps an anchor by which its passage is found in the document; "
        "no sentence is kept."
    ),
    "rai:dataCollectionType": ["Manual Human Curation", "Secondary Data Analysis"],
    "rai:dataCollectionMissingData": (
        "An empty cell means that the document does not say. Most documents were read in part only (text_access "
        "excerpt)."
    ),
    "rai:dataAnnotationProtocol": (
        "Written coding rules (data/curated/README.md) and closed vocabularies (the table vocabularies); wordings "
        "are read into numbers by "
        "one function; cross-row rules are applied to every build."
    ),
    "rai:dataAnnotationAnalysis": ["A random tenth of the documents is coded a second time; agreement per field is published."],
    "rai:dataBiases": [
        "A convenience sample: what could be found, mostly in English, and more of it the wider it was carried. "
        "Echoes outnumber origins.",
        "Claimants differ in whom they count, in what counts as confirmed, and in their interest in the figure. The "
        "data relate their claims and do not resolve them.",
        "Reporting was impeded by internet shutdowns and fear: absence of a claim says nothing about a place or a "
        "day.",
    ],
    "rai:dataUseCases": [
        "To compare what was claimed, by whom, of whom, as of when and on what basis; to trace how a figure "
        "travelled. Not to estimate a number of dead, "
        "nor to train a model to state one."
    ],
    "rai:dataSocialImpact": (
        "The figures are quoted about people killed and detained. A figure taken for a fact, summed or stripped of "
        "its bound does harm; each is to be quoted with its claimant."
    ),
    "rai:personalSensitiveInformation": [
        "None by design: victims and witnesses stay as anonymous as the documents leave them; office-holders and "
        "organisations are named as claimants."
    ],
    "rai:dataReleaseMaintenancePlan": "Versions follow CONTRIBUTING.md; corrections are patches, identifiers are never reused, removals leave a withheld row.",
}  # fmt: skip


def croissant_files(package: Package) -> dict[str, bytes]:
    """File name -> bytes: the Croissant file and the CSVs that it describes."""
    text = json.dumps(croissant(package), ensure_ascii=False, indent=2) + "\n"
    return {CROISSANT: text.encode()} | {_path(table): table.csv for table in package.tables.values()}


def croissant(package: Package) -> dict[str, Any]:
    """The dataset in Croissant's terms."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": package.text("name"),
        "description": package.text("description"),
        "license": package.licence_url,
        "version": package.text("version"),
        "datePublished": package.released,
        "keywords": list(package.descriptor.get("keywords", [])),
        "creator": {"@type": "sc:Organization", "name": package.creator},
        "citeAs": _bibtex(package),
        "temporalCoverage": TEMPORAL_COVERAGE,
        **_RAI,
        "rai:dataCollectionTimeFrame": _days_of_retrieval(package),
        "rai:dataLimitations": [f"{head} {text}" for head, text in WARNINGS.items()],
        "distribution": [_file_object(table) for table in package.tables.values()],
        "recordSet": [_record_set(table, package) for table in package.tables.values()],
    }


def _days_of_retrieval(package: Package) -> list[str]:
    """The first and last day on which a document was taken or read."""
    if "documents" not in package.tables:
        return []
    days = package.tables["documents"].frame["retrieved_date"].dropna()
    return [f"{day:%Y-%m-%d}" for day in (days.min(), days.max())] if len(days) else []


def _path(table: Table) -> str:
    return f"data/{table.name}.csv"


def _file_object(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.csv",
        "name": f"{table.name}.csv",
        "description": table.description,
        "contentUrl": _path(table),
        "contentSize": f"{len(table.csv)} B",
        "encodingFormat": "text/csv",
        "sha256": table.sha256,
    }


def _record_set(table: Table, package: Package) -> dict[str, Any]:
    references = {key["fields"][0]: key["reference"] for key in table.schema.get("foreignKeys", [])}
    fields = []
    for field in table.fields:
        entry = {
            "@type": "cr:Field",
            "@id": f"{table.name}/{field['name']}",
            "name": field["name"],
            "description": f"{field['title']}. {field['description']}",
            "dataType": _DATA_TYPES[field["type"]],
            "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": field["name"]}},
        }
        reference = references.get(field["name"])
        # A reference within one table is left out, since mlcroissant takes it for a circle; the others name the file, since
        # it cannot join the records of another set.
        if reference and reference["resource"] in package.tables:
            column = {"column": reference["fields"][0]}
            entry["references"] = {"fileObject": {"@id": f"{reference['resource']}.csv"}, "extract": column}
        fields.append(entry)
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.schema["primaryKey"]],
        "field": fields,
    }


def _bibtex(package: Package) -> str:
    return (
        f"@misc{{{package.text('name')}, author = {{{{{package.creator}}}}}, title = {{{{{package.text('title')}}}}}, "
        f"year = {{{package.released[:4]}}}, version = {{{package.text('version')}}}}}"
    )
