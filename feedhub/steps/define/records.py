"""Tables whose names are permanent ids, each checked against a model: what sources and topics have in common."""

from collections.abc import Iterator, Mapping
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from feedhub.steps.define.outlets import Say
from feedhub.text.addresses import check_slug
from feedhub.text.complaints import WrongValueError, complaints

Model = TypeVar("Model", bound=BaseModel)


def records(tables: Mapping[str, object], name: str, model: type[Model], *, say: Say) -> Iterator[tuple[str, Model]]:
    """The slug and the checked table of each `[name.slug]`, in the order written; faulty ones are said and left out."""
    table = tables.get(name, {})
    if not isinstance(table, Mapping):
        say((name,), f"{name} must be tables", f"write [{name}.SLUG] and the keys below it")
        return
    known = dict(_tables(model))
    for slug, record in table.items():
        try:
            check_slug(slug)
        except WrongValueError as error:
            say((name, slug), error.message, error.hint)
            continue
        try:
            yield slug, model.model_validate(record)
        except ValidationError as error:
            for each in complaints(error.errors(include_url=False), known):
                say((name, slug, *each.path), each.message, each.hint)


def texts_of(tables: Mapping[str, object], name: str, key: str) -> Iterator[tuple[str, str]]:
    """The slug of each `[name.slug]` and the text of one of its keys, whatever else is right or wrong with it."""
    table = tables.get(name)
    for slug, record in table.items() if isinstance(table, Mapping) else ():
        value = record.get(key) if isinstance(record, Mapping) else None
        if isinstance(value, str):
            yield slug, value


def _tables(model: type[BaseModel]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The keys of the model by their path: its own, and those of the tables in it."""
    yield (), tuple(model.model_fields)
    for name, field in model.model_fields.items():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield (name,), tuple(kind.model_fields)
