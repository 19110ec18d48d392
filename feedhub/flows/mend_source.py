"""What an editor can do for a source from the command line: have it asked again, or follow it to where it has moved."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from feedhub.errors import ConfigError, Fault, NotFoundError
from feedhub.model.keys import SourceSlug
from feedhub.model.newsroom import DocumentText
from feedhub.model.site import Desk
from feedhub.ports import Clock, Documents, Store
from feedhub.steps.define import set_source


@dataclass(frozen=True, slots=True, kw_only=True)
class MendSource:
    """Each call mends one source, and says what was done by what it gives."""

    store: Store
    documents: Documents
    check: Callable[[tuple[DocumentText, ...]], Desk]
    clock: Clock

    def resume(self, slug: SourceSlug) -> None:
        """Due now, all its failures forgiven. Raises NotFoundError where there is no such source."""
        with self.store.write() as unit:
            if not unit.sources.resume(slug, self.clock()):
                raise NotFoundError(kind="source", name=slug)

    def follow(self, slug: SourceSlug) -> str:
        """Write the address that it has moved to into its document; gives that address.

        Raises NotFoundError where there is no such source or it has not moved, ConfigError, with nothing written,
        where the document cannot be changed so.
        """
        with self.store.read() as unit:
            state = unit.sources.get(slug)
        if state is None or not (state.moved_to or state.address):
            raise NotFoundError(kind="source that has moved", name=slug)
        address = state.moved_to or state.address
        texts = self.documents.read()
        holding = next(
            (text for text in texts if set_source(text.text, slug, key="url", value=address) is not None), None
        )
        if holding is None:
            raise ConfigError((Fault(file="config/", line=0, column=0, message=f"no document defines {slug}"),))
        changed = replace(holding, text=set_source(holding.text, slug, key="url", value=address) or "")
        self.check(tuple(changed if text.name == holding.name else text for text in texts))
        self.documents.write(changed)
        return address
