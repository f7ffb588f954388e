"""Place: codes that exist, and points only where a point is known."""

from functools import cache
from typing import Any

import narwhals as nw
import pycountry

from schemas.rules.expressions import (
    active,
    among,
    any_of,
    differs,
    known,
    missing,
    none_of,
    one_of,
    where,
)
from schemas.rules.registry import Row, Tables, rule

POINT_PRECISIONS = ("site", "neighbourhood", "locality")
PROVINCE_PRECISIONS = (*POINT_PRECISIONS, "county", "province")
NO_PROVINCE_PRECISIONS = ("region", "national", "unknown")

SOUTH, NORTH, WEST, EAST = 25.0, 39.8, 44.0, 63.4
"""Iran's bounding box in degrees, its islands included."""

TOLERANCE = 0.005
"""Degrees within which a point is one of the default points, about half a kilometre."""

DEFAULT_POINTS = {
    "Tehran": [(35.6892, 51.3890), (35.6944, 51.4215)],
    "": [(0.0, 0.0), (32.4279, 53.6880), (32.0, 53.0), (32.0, 54.0), (33.0, 53.0)],
}
"""Points that geocoders give for want of a better one, by the place that they do belong to."""


@rule("place-point-is-whole", "A point has latitude and longitude.", table="events", columns=["latitude", "longitude"])
def half_a_point(tables: Tables) -> Any:
    return tables["events"].filter(
        (known("latitude") & missing("longitude")) | (missing("latitude") & known("longitude"))
    )


@rule(
    "place-point-at-locality-or-finer",
    "Only a place known to the locality or finer has a point.",
    table="events",
    columns=["latitude", "longitude", "place_precision"],
    message="the point {latitude}, {longitude} is finer than the place, which is known to the {place_precision}; leave it out",
)
def point_of_a_vague_place(tables: Tables) -> Any:
    vague = none_of("place_precision", *POINT_PRECISIONS, "abroad")
    return tables["events"].filter((known("latitude") | known("longitude")) & vague)


@rule(
    "place-point-of-a-named-place",
    "A point belongs to a named place.",
    table="events",
    columns=["place_name"],
    message="the point {latitude}, {longitude} has no place_name; name the place or leave the point out",
)
def point_of_no_place(tables: Tables) -> Any:
    return tables["events"].filter((known("latitude") | known("longitude")) & missing("place_name"))


@rule(
    "place-point-in-iran",
    "A point lies in Iran unless the place is abroad.",
    table="events",
    columns=["latitude", "longitude"],
    message="{latitude}, {longitude} lies outside Iran (25 to 39.8 north, 44 to 63.4 east); are the two swapped?",
)
def point_outside_iran(tables: Tables) -> Any:
    latitude, longitude = nw.col("latitude"), nw.col("longitude")
    outside = [latitude < SOUTH, latitude > NORTH, longitude < WEST, longitude > EAST]
    return tables["events"].filter(
        known("latitude", "longitude") & none_of("place_precision", "abroad") & any_of(outside)
    )


@rule(
    "place-no-default-point",
    "A point is not one that stands for no place in particular.",
    table="events",
    columns=["latitude", "longitude"],
    message="{latitude}, {longitude} is a default point, not {place_name}; leave it out",
)
def default_point(tables: Tables) -> Any:
    def near(point: tuple[float, float]) -> nw.Expr:
        latitude, longitude = point
        return ((nw.col("latitude") - latitude).abs() < TOLERANCE) & (
            (nw.col("longitude") - longitude).abs() < TOLERANCE
        )

    wrong = [
        (near(point) & none_of("place_name", owner)) for owner, points in DEFAULT_POINTS.items() for point in points
    ]
    return tables["events"].filter(known("latitude", "longitude") & any_of(wrong))


@rule(
    "place-point-has-a-role",
    "A point says whether it is the spot or stands for the place.",
    table="events",
    columns=["coordinate_role"],
    message="coordinate_role is {coordinate_role} and the point {latitude}, {longitude}; a point has a role, and no point has none",
)
def point_without_role(tables: Tables) -> Any:
    point = known("latitude", "longitude")
    return tables["events"].filter(
        (point & missing("coordinate_role")) | (missing("latitude") & missing("longitude") & known("coordinate_role"))
    )


@rule(
    "place-exact-point-of-a-site",
    "Only a site has an exact point; any other stands for the place.",
    table="events",
    columns=["coordinate_role", "place_precision"],
    message="coordinate_role is exact, but the place is known to the {place_precision}; representative would be right",
)
def exact_point_of_a_town(tables: Tables) -> Any:
    return tables["events"].filter(one_of("coordinate_role", "exact") & none_of("place_precision", "site"))


@cache
def _provinces() -> dict[str, str]:
    return {division.code: division.country_code for division in pycountry.subdivisions}


@rule(
    "place-province-exists",
    "A province's code exists and is of the event's country.",
    table="events",
    columns=["admin1_code"],
    message=lambda row: (
        f"{row['admin1_code']} is no ISO 3166-2 code of {row['country_code']}; the provinces of Iran are IR-00 to IR-30"
    ),
)
def no_such_province(tables: Tables) -> Any:
    def wrong(row: Row) -> bool:
        return row["admin1_code"] is not None and _provinces().get(row["admin1_code"]) != row["country_code"]

    return where(tables, "events", ["admin1_code", "country_code"], wrong)


def _no_such_country(row: Row) -> bool:
    return row["country_code"] is not None and pycountry.countries.get(alpha_2=row["country_code"]) is None


for _table in ("events", "claimants"):

    @rule(
        f"place-country-exists-{_table}",
        "A country's code exists.",
        table=_table,
        columns=["country_code"],
        message="{country_code} is no ISO 3166-1 alpha-2 code",
    )
    def no_such_country(tables: Tables, table: str = _table) -> Any:
        return where(tables, table, ["country_code"], _no_such_country)


@rule(
    "place-province-by-precision",
    "A place known to the province or finer names it, a wider one names none.",
    table="events",
    columns=["admin1_code", "place_precision"],
    message="admin1_code is {admin1_code} and the place is known to the {place_precision}; the two do not fit",
)
def province_unlike_precision(tables: Tables) -> Any:
    unnamed = one_of("place_precision", *PROVINCE_PRECISIONS) & missing("admin1_code")
    return tables["events"].filter(
        unnamed | (one_of("place_precision", *NO_PROVINCE_PRECISIONS) & known("admin1_code"))
    )


@rule(
    "place-named-by-precision",
    "A place known to the province or finer has a name.",
    table="events",
    columns=["place_name", "place_precision"],
    message="place_name is empty, but the place is known to the {place_precision}; name it",
)
def place_without_name(tables: Tables) -> Any:
    return tables["events"].filter(one_of("place_precision", *PROVINCE_PRECISIONS) & missing("place_name"))


@rule(
    "place-abroad-is-another-country",
    "What happened abroad did not happen in Iran, and the other way round.",
    table="events",
    columns=["country_code", "place_precision"],
    message="country_code is {country_code} and place_precision {place_precision}; abroad, and only abroad, is another country than IR",
)
def abroad_at_home(tables: Tables) -> Any:
    at_home = one_of("place_precision", "abroad") & one_of("country_code", "IR")
    return tables["events"].filter(at_home | (none_of("place_precision", "abroad") & none_of("country_code", "IR")))


@rule(
    "place-within-parent",
    "An event lies in the province of the larger one that it belongs to.",
    table="events",
    columns=["admin1_code"],
    message="admin1_code is {admin1_code}, but {parent_event_id} lies in {parent_admin1_code}",
)
def event_outside_parent(tables: Tables) -> Any:
    parents = tables["events"].select(parent_event_id=nw.col("event_id"), parent_admin1_code=nw.col("admin1_code"))
    children = tables["events"].filter(known("parent_event_id"))
    return children.join(parents, on="parent_event_id", how="inner").filter(
        differs("admin1_code", "parent_admin1_code")
    )


@rule(
    "place-name-in-one-province",
    "A town's name means one town, or the notes say which.",
    table="events",
    columns=["place_name", "admin1_code"],
    message="{place_name} is in {admin1_code} here and in {other_admin1_code} elsewhere; mend it, or say in notes that there are two",
)
def town_in_two_provinces(tables: Tables) -> Any:
    towns = tables["events"].filter(
        one_of("place_precision", "locality") & known("place_name", "admin1_code") & active() & missing("notes")
    )
    others = towns.group_by("place_name").agg(other_admin1_code=nw.col("admin1_code").min())
    return towns.join(others, on="place_name", how="inner").filter(differs("admin1_code", "other_admin1_code"))


#: Code -> (the province's English name, its capital).
PROVINCES = {
    "IR-00": ("Markazi", "Arak"), "IR-01": ("Gilan", "Rasht"), "IR-02": ("Mazandaran", "Sari"), "IR-03": ("East Azerbaijan", "Tabriz"),
    "IR-04": ("West Azerbaijan", "Urmia"), "IR-05": ("Kermanshah", "Kermanshah"), "IR-06": ("Khuzestan", "Ahvaz"), "IR-07": ("Fars", "Shiraz"),
    "IR-08": ("Kerman", "Kerman"), "IR-09": ("Razavi Khorasan", "Mashhad"), "IR-10": ("Isfahan", "Isfahan"),
    "IR-11": ("Sistan and Baluchestan", "Zahedan"), "IR-12": ("Kurdistan", "Sanandaj"), "IR-13": ("Hamadan", "Hamadan"),
    "IR-14": ("Chaharmahal and Bakhtiari", "Shahrekord"), "IR-15": ("Lorestan", "Khorramabad"), "IR-16": ("Ilam", "Ilam"),
    "IR-17": ("Kohgiluyeh and Boyer-Ahmad", "Yasuj"), "IR-18": ("Bushehr", "Bushehr"), "IR-19": ("Zanjan", "Zanjan"), "IR-20": ("Semnan", "Semnan"),
    "IR-21": ("Yazd", "Yazd"), "IR-22": ("Hormozgan", "Bandar Abbas"), "IR-23": ("Tehran", "Tehran"), "IR-24": ("Ardabil", "Ardabil"),
    "IR-25": ("Qom", "Qom"), "IR-26": ("Qazvin", "Qazvin"), "IR-27": ("Golestan", "Gorgan"), "IR-28": ("North Khorasan", "Bojnurd"),
    "IR-29": ("South Khorasan", "Birjand"), "IR-30": ("Alborz", "Karaj"),
}  # fmt: skip
_PROVINCE_OF_CAPITAL = {capital: code for code, (_, capital) in PROVINCES.items()}


@rule(
    "place-province-by-name",
    "A province's name and code are of one province.",
    table="events",
    columns=["place_name", "admin1_code"],
    message=lambda row: (
        f"place_name is {row['place_name']}, but {row['admin1_code']} is {PROVINCES[row['admin1_code']][0]}"
    ),
)
def province_of_another_name(tables: Tables) -> Any:
    def wrong(row: Row) -> bool:
        name = str(row["place_name"]).removesuffix(" Province").casefold()
        return row["admin1_code"] in PROVINCES and name != PROVINCES[row["admin1_code"]][0].casefold()

    provinces = tables["events"].filter(one_of("place_precision", "province") & known("place_name", "admin1_code"))
    return among(provinces, ["place_name", "admin1_code"], wrong)


@rule(
    "place-capital-in-its-province",
    "The capital of a province lies in it.",
    table="events",
    columns=["place_name", "admin1_code"],
    message=lambda row: (
        f"{row['place_name']} lies in {_PROVINCE_OF_CAPITAL[row['place_name']]}, not in {row['admin1_code']}"
    ),
)
def capital_in_another_province(tables: Tables) -> Any:
    def wrong(row: Row) -> bool:
        return _PROVINCE_OF_CAPITAL.get(row["place_name"], row["admin1_code"]) != row["admin1_code"]

    towns = tables["events"].filter(one_of("place_precision", "locality") & known("place_name", "admin1_code"))
    return among(towns, ["place_name", "admin1_code"], wrong)
