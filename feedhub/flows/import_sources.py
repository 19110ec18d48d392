"""Take the feeds of an OPML file into the sources document."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from feedhub.errors import ConfigError, Fault
from feedhub.model.newsroom import DocumentText
from feedhub.model.site import Desk
from feedhub.ports import Documents
from feedhub.steps.define import NewSource, OpmlSource, add_sources, new_sources, read_opml
from feedhub.text.urls import canonical

DOCUMENT = "sources.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do: feeds that are new, feeds that are there already, and the document as it would be."""

    new: tuple[NewSource, ...]
    known: tuple[OpmlSource, ...]
    document: DocumentText


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSources:
    """Plans first, so that it can be shown; `apply` writes what was planned, if the whole still checks."""

    documents: Documents
    check: Callable[[tuple[DocumentText, ...]], Desk]

    def __call__(self, opml: bytes) -> ImportPlan:
        """The plan. Raises ParseError if the file is no OPML, ConfigError if the documents are wrong already."""
        texts = self.documents.read()
        desk = self.check(texts)
        document = next((text for text in texts if text.name == DOCUMENT), None)
        if document is None:
            hint = "make it beside feedhub.toml, empty, and name it in `include`"
            raise ConfigError((Fault(file=DOCUMENT, line=0, column=0, message="does not exist", hint=hint),))
        seen = {canonical(source.url) for source in desk.newsroom.sources}
        new: list[OpmlSource] = []
        known: list[OpmlSource] = []
        for source in read_opml(opml):
            address = canonical(source.url)
            (known if address in seen else new).append(source)
            seen.add(address)
        named = new_sources(tuple(new), taken=frozenset(desk.sources) | frozenset(desk.newsroom.outlets.by_slug))
        return ImportPlan(
            new=named, known=tuple(known), document=replace(document, text=add_sources(document.text, named))
        )

    def apply(self, plan: ImportPlan) -> None:
        """Write the document. Raises ConfigError, with nothing written, if the whole would not check with it."""
        texts = self.documents.read()
        self.check(tuple(plan.document if text.name == DOCUMENT else text for text in texts))
        self.documents.write(plan.document)
