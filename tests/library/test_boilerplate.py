"""Lines of the page are told from lines of the story."""

from __future__ import annotations

import pytest

from reader.library.boilerplate import is_boilerplate, is_caption


@pytest.mark.parametrize(
    "line",
    [
        "READ ALSO: Fog delays third launch of harbour bridge",
        "Read more: the bridge in pictures",
        "Read More",
        "RELATED STORIES:",
        "Related: Harbour master resigns",
        "Also read | Five things to know",
        "Advertisement",
        "ADVERTISEMENT:",
        "Story continues below advertisement",
        "By Mika Dane",
        "BY MIKA DANE AND R. OSEI",
        "By Mika Dane, Chief Correspondent",
        "Written by Ann van der Lee",
        "(Reporting by Mika Dane; editing by R. Osei)",
        "Reporting by Mika Dane in Port Ansel; Editing by R. Osei",
        "Additional reporting by Lise Horn",
        "(With inputs from agencies)",
        "The Associated Press contributed to this report.",
        "Reuters",
        "(AP)",
        "Source: Northern Wire",
        "Sign up for our morning newsletter.",
        "Subscribe to our newsletter",
        "Get the day's top stories in your inbox",
        "Follow us on Facebook and Twitter",
        "Follow @ledger for more",
        "Download our app",
        "© 2025 Port Ansel Ledger",
        "Copyright 2025 Civic Post. All rights reserved.",
        "Updated: 15 August 2025, 10:30",
        "5 min read",
        "Friday, August 15, 2025",
        "15 August 2025, 10:30",
        "20 de junio de 2006",
        "07-May-05",
        "Do you have a story for us? Write to the desk.",
        "Thanks for reading.",
        "This article was originally published by Northern Wire.",
        "**READ ALSO: in bold**",
    ],
)
def test_furniture_is_flagged(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "CORRECTION: An earlier version of this article said the vote was 19-15.",
        "By noon the council had voted.",
        "By Friday the crossing was open again, the company said.",
        "Reuters reported that the ferry had been warned.",
        "Related matters were left for the next meeting.",
        "Follow-up talks are planned for May.",
        "The advertisement cost the party a million crowns.",
        "More on this will be known on Monday.",
        "She read more than thirty books.",
        "Copyright law protects the photographer.",
        "Sign language was used on stage.",
        "Updated figures were not available.",
        "“Read my lips,” he said.",
        "Subscribers left in their thousands last year, the company said.",
        "The Ukraine Question",
        "Offer",
        "15 August 2025 was a Friday, the clerk said.",
        "May 2025",
        "Have a question for the mayor? So did two hundred others on Monday night.",
        "",
    ],
)
def test_story_is_not_flagged(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ann Lee",
        "FILE PHOTO: The harbour in May",
        "Picture by Ann Lee",
        "The ferry at dawn. (Ann Lee/Getty Images)",
        "Image: Port Ansel from the air",
    ],
)
def test_captions_are_told(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line", ["The photo shows two men.", "He called Getty Images on Monday.", "Imagery matters."]
)
def test_text_about_pictures_is_no_caption(line: str) -> None:
    assert not is_caption(line)
