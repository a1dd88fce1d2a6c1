"""Frozen dataclasses to JSON values and back, checked field by field. Never pickle, never code.

Only the few shapes that an analysis is made of: dataclasses, tuples, text, numbers, truth values and `None`.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""What `json` reads and writes."""
_Decoder = Callable[[object], object]


class Misshapen(ValueError):
    """A stored value does not have the shape that this version writes."""


def encode(value: object) -> Json:
    """The JSON value of a record: a list of its fields in order, so that names take no room."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        return [encode(getattr(value, field.name)) for field in dataclasses.fields(value)]
    raise TypeError(f"no JSON shape for {type(value).__name__}")


def decode(kind: type[T], value: object) -> T:
    """The record that `encode` made `value` from. Raises `Misshapen` for anything else."""
    # mypy 1.18: a type is not seen to be hashable.
    made = _decoder(typing.cast("typing.Hashable", kind))(value)
    return typing.cast(T, made)


@cache
def _decoder(kind: object) -> _Decoder:
    if kind is type(None):
        return _nothing
    if kind in (str, int, float, bool):
        return _plain(typing.cast("type[object]", kind))
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return _many(_decoder(arguments[0]))
        return _fixed([_decoder(argument) for argument in arguments])
    if origin is typing.Literal:
        return _one_of(arguments)
    if origin in (typing.Union, types.UnionType):
        return _any_of([_decoder(argument) for argument in arguments])
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no JSON shape for {kind}")


def _nothing(value: object) -> None:
    if value is not None:
        raise Misshapen("expected nothing")


def _plain(kind: type[object]) -> _Decoder:
    def read(value: object) -> object:
        # A truth value is an int to Python; a whole number written for a float is a float.
        if type(value) is kind or (kind is float and type(value) is int):
            return value
        raise Misshapen(f"expected {kind.__name__}")

    return read


def _items(value: object, size: int | None = None) -> list[object]:
    if not isinstance(value, list) or (size is not None and len(value) != size):
        raise Misshapen("expected a list" if size is None else f"expected a list of {size}")
    return value


def _many(item: _Decoder) -> _Decoder:
    return lambda value: tuple([item(one) for one in _items(value)])


def _fixed(items: list[_Decoder]) -> _Decoder:
    return lambda value: tuple(item(one) for item, one in zip(items, _items(value, len(items)), strict=True))


def _one_of(values: tuple[object, ...]) -> _Decoder:
    def read(value: object) -> object:
        if isinstance(value, str | int) and value in values:
            return value
        raise Misshapen(f"expected one of {values}")

    return read


def _any_of(readers: list[_Decoder]) -> _Decoder:
    def read(value: object) -> object:
        for reader in readers:
            try:
                return reader(value)
            except Misshapen:
                continue
        raise Misshapen("fits none of the shapes")

    return read


def _record(kind: type[object]) -> _Decoder:
    hints = typing.get_type_hints(kind)
    fields = [_decoder(hints[field.name]) for field in dataclasses.fields(typing.cast("typing.Any", kind))]

    def read(value: object) -> object:
        items = _items(value, len(fields))
        return kind(*[field(item) for field, item in zip(fields, items, strict=True)])

    return read
