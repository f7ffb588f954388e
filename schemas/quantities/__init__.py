"""What "at least 2,571" means: wording to bound and interval, and what a claim implies."""

from schemas.quantities.model import (
    BOUNDS,
    VAGUE_TERMS,
    Quantity,
    UnreadableFigure,
    VagueTerm,
    derive,
    implied_interval,
)
from schemas.quantities.reading import MAX_FIGURE_WORDS, read_quantity
from schemas.quantities.writing import write_quantity

__all__ = [
    "BOUNDS",
    "MAX_FIGURE_WORDS",
    "VAGUE_TERMS",
    "Quantity",
    "UnreadableFigure",
    "VagueTerm",
    "derive",
    "implied_interval",
    "read_quantity",
    "write_quantity",
]
