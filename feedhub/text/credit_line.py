"""The one line that says who told a story first and who carried it, as feeds and pages show it."""

from feedhub.model.credit import Credit
from feedhub.model.outlet import OutletRef


def credit_line(credit: Credit, *, threshold: float) -> str:
    """The outlets from first to last, as in "TASS, via Report, via Axar.az"; in doubt, "Axar.az (citing TASS)".

    Doubt is a confidence under `threshold`. Where the publisher tells its own story the line is its name alone.
    """
    publisher, origin = credit.publisher, credit.originator
    if origin is None or _same(origin, publisher):
        return publisher.name
    if credit.confidence < threshold:
        return f"{publisher.name} (citing {origin.name})"
    return ", via ".join(outlet.name for outlet in _path(credit, origin))


def _path(credit: Credit, origin: OutletRef) -> tuple[OutletRef, ...]:
    """Originator first, publisher last, each outlet between them once, whatever the chain repeats."""
    between: list[OutletRef] = []
    ends = (origin, credit.publisher)
    for outlet in credit.chain:
        if not any(_same(outlet, other) for other in (*ends, *between)):
            between.append(outlet)
    return (origin, *between, credit.publisher)


def _same(one: OutletRef, other: OutletRef) -> bool:
    if one.slug and other.slug:
        return one.slug == other.slug
    return one.name.casefold() == other.name.casefold()
