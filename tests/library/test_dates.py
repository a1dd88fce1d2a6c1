"""Dates of headers become one form, or none."""

from __future__ import annotations

import datetime as dt

import pytest

from reader.library.dates import normalise

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-08-15", "2025-08-15"),
        ("2025/8/5", "2025-08-05"),
        ("20250815", "2025-08-15"),
        ("15 August 2025", "2025-08-15"),
        ("Aug. 15, 2025", "2025-08-15"),
        ("Friday, August 15th, 2025", "2025-08-15"),
        ("15.08.2025", "2025-08-15"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("2025-08-15T15:30:00Z", "2025-08-15T15:30:00+00:00"),
        ("2025-08-15 15:30 +0200", "2025-08-15T15:30:00+02:00"),
        ("2025-08-15T15:30:00.123456-08:00", "2025-08-15T15:30:00-08:00"),
        ("Fri, 15 Aug 2025 19:30:00 GMT", "2025-08-15T19:30:00+00:00"),
        ("August 15, 2025 at 3:30 pm UTC", "2025-08-15T15:30:00+00:00"),
        ("2025-08-15 12:10 am Z", "2025-08-15T00:10:00+00:00"),
        ("2026-03-12", "2026-03-12"),
        ("1970-01-01", "1970-01-01"),
    ],
)
def test_date_is_normalised(written: str, expected: str) -> None:
    assert normalise(written, NOW) == expected


@pytest.mark.parametrize(
    "written", ["2025-08-15 15:30", "August 15, 2025 3:30 p.m. ET", "2025-08-15T15:30:00"]
)
def test_time_without_a_known_zone_leaves_the_day(written: str) -> None:
    assert normalise(written, NOW) == "2025-08-15"


@pytest.mark.parametrize(
    "written",
    [
        "3/4/2025",
        "2025-02-30",
        "1969-12-31",
        "2026-03-13",
        "9999-01-01",
        "0000-00-00",
        "yesterday",
        "",
        "15 Foo 2025",
        "2025-08-15T25:00:00Z",
        "2025-08-15T10:00:00+99:00",
        "1970-01-01T00:00:00+05:00",
        "٢٠٢٥-٠٨-١٥x",
    ],
)
def test_ambiguous_or_impossible_is_no_date(written: str) -> None:
    assert normalise(written, NOW) is None
