"""What a checked model says, in words for people."""

from typing import Annotated, Literal, Self

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, ValidationError, model_validator

from feedhub.text.complaints import Complaint, WrongValueError, complaints


def _even(value: int) -> int:
    if value % 2:
        raise WrongValueError(f"{value} is odd", "add one")
    return value


class _Boat(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=10)]
    tags: Annotated[tuple[Annotated[str, Field(max_length=3)], ...], Field(strict=False, max_length=2)] = ()
    seats: Annotated[StrictInt, Field(ge=1), AfterValidator(_even)] = 2
    kind: Literal["ferry", "tug"] = "ferry"
    speed: Annotated[float, Field(gt=0, le=90, allow_inf_nan=False)] = 1.0
    open: bool = True
    code: Annotated[str, Field(pattern="^a$")] = "a"

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.kind == "tug" and self.seats > 2:
            raise WrongValueError("a tug has two seats", key="seats")
        return self


def _said(value: object) -> tuple[Complaint, ...]:
    with pytest.raises(ValidationError) as caught:
        _Boat.model_validate(value)
    return complaints(caught.value.errors(include_url=False), {(): tuple(_Boat.model_fields)})


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ({}, Complaint(path=("name",), message="name is missing")),
        (
            {"name": "a", "seat": 2},
            Complaint(path=("seat",), message='there is no key "seat"', hint="did you mean 'seats'?"),
        ),
        (
            {"name": "a", "zzzz": 2},
            Complaint(
                path=("zzzz",),
                message='there is no key "zzzz"',
                hint="the keys are name, tags, seats, kind, speed, open, code",
            ),
        ),
        ({"name": 5}, Complaint(path=("name",), message="name must be text in quotes, not 5")),
        ({"name": ""}, Complaint(path=("name",), message='name must be at least 1 character long, not ""')),
        (
            {"name": "a" * 11},
            Complaint(path=("name",), message='name must be at most 10 characters long, not "aaaaaaaaaaa"'),
        ),
        (
            {"name": "\ud800"},
            Complaint(path=("name",), message='name must be text in Unicode, not "\N{REPLACEMENT CHARACTER}"'),
        ),
        (
            {"name": "a", "tags": "x"},
            Complaint(path=("tags",), message='tags must be a list in brackets, not "x"', hint='write ["x"]'),
        ),
        ({"name": "a", "tags": 5}, Complaint(path=("tags",), message="tags must be a list in brackets, not 5")),
        (
            {"name": "a", "tags": ["a", "b", "c"]},
            Complaint(path=("tags",), message="tags must be at most 2 values long, not a list"),
        ),
        (
            {"name": "a", "tags": ["a", 1]},
            Complaint(path=("tags", "1"), message="each of tags must be text in quotes, not 1"),
        ),
        ({"name": "a", "seats": 3}, Complaint(path=("seats",), message="3 is odd", hint="add one")),
        ({"name": "a", "seats": 0}, Complaint(path=("seats",), message="seats must be 1 or more, not 0")),
        ({"name": "a", "seats": "2"}, Complaint(path=("seats",), message='seats must be a whole number, not "2"')),
        ({"name": "a", "kind": "x"}, Complaint(path=("kind",), message="kind must be 'ferry' or 'tug', not \"x\"")),
        ({"name": "a", "kind": "tug", "seats": 4}, Complaint(path=("seats",), message="a tug has two seats")),
        (
            {"name": "a", "speed": float("nan")},
            Complaint(path=("speed",), message="speed must be a finite number, not nan"),
        ),
        ({"name": "a", "speed": 91}, Complaint(path=("speed",), message="speed must be 90.0 or less, not 91")),
        ({"name": "a", "open": {}}, Complaint(path=("open",), message="open must be true or false, not a table")),
        ({"name": "a", "code": "b"}, Complaint(path=("code",), message="code: String should match pattern '^a$'")),
        (5, Complaint(path=(), message="this must be a table, not 5")),
    ],
)
def test_complaint(value: object, complaint: Complaint) -> None:
    """Each kind of fault has its words, its place and, where there is one, its remedy."""
    assert _said(value) == (complaint,)


def test_unknown_key_of_a_table_that_nobody_described() -> None:
    """Without a list of keys there is no hint."""
    error = {"type": "extra_forbidden", "loc": ("boat", "x"), "msg": "", "input": 1}
    assert complaints([error], {}) == (Complaint(path=("boat", "x"), message='there is no key "x"'),)


def test_error_without_a_place() -> None:
    """A place that is no path is the top."""
    assert complaints([{"type": "odd", "loc": None, "msg": "is odd", "input": 1}], {}) == (
        Complaint(path=(), message="this: is odd"),
    )
