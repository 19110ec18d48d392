"""Say whether the service can answer, for machines that watch it."""

import logging
from dataclasses import dataclass

from feedhub.errors import StoreError
from feedhub.ports import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHealth:
    """One small read of the store; why it fails stands in the log, not in the answer."""

    store: Store

    def __call__(self) -> bool:
        """Whether the store can be read."""
        try:
            self.store.change()
        except StoreError as error:
            _log.error("store not readable", extra={"fault": str(error)})
            return False
        return True
