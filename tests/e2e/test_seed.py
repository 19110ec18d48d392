"""The story that feedhub began with: an outlet's page that credits an agency, with furniture above and below it."""

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.news import article, item, rss
from tests.e2e.origin import Origin, answer
from tests.e2e.program import Project

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed" / "axar-2019-05-23.txt"
"""The page as it was, where the collection that it belongs to lies beside the repository; elsewhere it is retold."""

RETOLD = """\
UP

Russia plans to establish cyber General Assembly in UN

Home page Politics
12 Punto 14 Punto 16 Punto 18 Punto

Moscow wants the open-ended working group on cyber security at the United Nations to become a "cyber General \
Assembly", Deputy Foreign Minister Oleg Syromolotov said in an interview with TASS.

Axar.az reports citing TASS.

A group open to all member states is to begin its work within the United Nations this year at Russia's initiative. \
The diplomat called it a kind of General Assembly for the digital world, in which every state takes part.

He described the agenda as rich: it runs from further work on rules of responsible conduct to steps that would narrow \
the digital gap. Agreements with single countries, he added, should support what is decided together.

Date
2019.05.23 / 23:39
Author
Axar.az
Comments
See also

Is the horse show in Karabakh worth the trip?

Interfax: grain harvest larger than expected

We are ready to buy more gas - a minister told Reuters

Latest
Bize yazin Bağla
"""
TITLE = "Russia plans to establish cyber General Assembly in UN"
DATE = "Thu, 23 May 2019 19:39:00 GMT"


@pytest.mark.parametrize("inline", [False, True], ids=["as a page", "in the feed"])
def test_the_agency_is_credited_by_the_words_of_the_article(project: Project, *, inline: bool) -> None:
    whole = SEED.read_text(encoding="utf-8") if SEED.exists() else RETOLD
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    explained, shown = _published(project, lines, inline=inline)
    credit = explained["credit"]
    words = [evidence["words"] for evidence in credit["evidence"] if evidence["role"] == "originator"]
    named = {evidence["outlet"] for evidence in credit["evidence"]}
    below = lines[lines.index("See also") :]
    assert (credit["originator"], credit["chain"], words) == ("TASS", ["TASS", "Axar.az"], ["citing TASS"])
    assert (named, shown["authors"]) == ({"TASS", "Axar.az"}, [{"name": "TASS, via Axar.az"}])
    assert [line for line in below if escape(line, quote=False) in shown["content_html"]] == []
    assert "Axar.az reports citing TASS." in shown["content_html"]


def _published(project: Project, lines: list[str], *, inline: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the program says of the story after a poll, and how it shows it."""
    project.variables["FEEDHUB_NOW"] = "2019-05-23T20:00:00Z"
    with Origin(
        {"/story": answer(200, "Content-Type: text/html; charset=utf-8", body=article(TITLE, *lines))}
    ) as origin:
        link = origin.url("/story")
        feed = rss(item("1", TITLE, *(lines if inline else ()), link=link, date=DATE), title="Axar.az")
        origin.add("/feed", answer(200, "Content-Type: application/rss+xml", body=feed))
        project.variables["FEEDHUB_HTTP__ALLOW_HOSTS"] = origin.authority
        source = f'[sources.axar]\nurl = "{origin.url("/feed")}"\noutlet = "axar"\n'
        project.append("sources.toml", source if inline else f"{source}fulltext = true\n")
        polled = project.call("poll", "--due", "--once")
        assert polled.out == "1 polled, 0 unchanged, 1 new entries, 0 changed, 0 failed\n", polled
        explained = project.call("explain", link, "--json")
    return explained.json, json.loads(project.get("/all.json"))["items"][0]
