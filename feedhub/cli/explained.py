"""An explanation as people read it in a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from feedhub.model.explanation import Explanation, Proof, Told
from feedhub.model.site import Site
from feedhub.model.story import PlacementKind
from feedhub.text.credit_line import credit_line
from feedhub.text.mint import ident


def explained(explanation: Explanation, console: Console, *, site: Site) -> None:
    """Who, by which words, why it is one story, and which topics hold it."""
    entry, credit = explanation.entry, explanation.credit
    console.print(f"[bold]{escape(entry.title)}[/bold]")
    console.print(f"{escape(credit_line(credit, threshold=site.threshold))}", style="green")
    console.print(f"{entry.link or entry.key}\n", style="dim", highlight=False)
    _who(explanation, console)
    _story(explanation, console, site=site)
    _topics(explanation, console)
    for decision in explanation.decisions:
        console.print(f"{decision.at:%Y-%m-%d %H:%M} {decision.by} ruled: {decision.kind} {decision.detail}")


def _who(explanation: Explanation, console: Console) -> None:
    credit = explanation.credit
    console.print("[bold]Who told it[/bold]")
    console.print("  " + " → ".join(escape(ref.name) for ref in credit.chain))
    if credit.originator is None:
        console.print("  The publisher tells it itself: no words credit anyone else.\n")
        return
    console.print(f"  confidence {credit.confidence:.2f}, by {'its words' if credit.by == 'text' else credit.by}")
    table = Table("outlet", "role", "rule", "weight", "words", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for proof in explanation.proofs:
        evidence = proof.evidence
        table.add_row(
            escape(evidence.outlet.name), evidence.role.value, evidence.rule, f"{evidence.weight:.2f}", _marked(proof)
        )
    console.print(table)
    console.print()


def _story(explanation: Explanation, console: Console, *, site: Site) -> None:
    story = explanation.story
    console.print("[bold]Which story[/bold]")
    console.print(f"  {site.base_url}/stories/{ident(story.key)}", highlight=False)
    counts = f"{explanation.reports} report{'s' * (explanation.reports != 1)}, {explanation.independent} independent"
    state = (
        "withdrawn" if story.withdrawn else "published" if story.shown else f"waits until {story.publish_at:%H:%M:%S}"
    )
    console.print(f"  {counts}, {state}")
    for told in explanation.told:
        _report(told, console)
    if explanation.left_out:
        console.print(f"  and {explanation.left_out} more")
    console.print()


def _report(told: Told, console: Console) -> None:
    report = told.report
    mark = "*" if told.lead else " "
    console.print(
        f"  {mark} {told.at:%Y-%m-%d %H:%M} {escape(report.credit.publisher.name)}: {escape(report.entry.title)}",
        highlight=False,
    )
    if told.placement.kind is PlacementKind.OPENS:
        console.print("      opened the story", style="dim")
    for one in told.placement.compared[:3]:
        why = f": {one.note}" if one.note else ""
        console.print(f"      {one.verdict} by {one.rule}, score {one.score:.2f}{escape(why)}", style="dim")


def _topics(explanation: Explanation, console: Console) -> None:
    console.print("[bold]Which topics[/bold]")
    for admitted in explanation.topics:
        clause = admitted.hit.clause or "every story"
        words = f" (met by {', '.join(admitted.hit.words)})" if admitted.hit.words else ""
        console.print(f"  {admitted.topic}: {escape(clause)}{escape(words)}", highlight=False)
    if not explanation.topics:
        console.print("  none")


def _marked(proof: Proof) -> str:
    return "".join(f"[black on yellow]{escape(text)}[/]" if hot else escape(text) for text, hot in proof.pieces)
