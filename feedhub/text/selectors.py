"""CSS selectors as XPath: the only importer of cssselect."""

import re
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError

_TRANSLATOR = HTMLTranslator()
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAMESPACE = re.compile(r"\|(?!=)")


@lru_cache(maxsize=4096)
def xpath_of(selector: str) -> str:
    """XPath that finds, below a node or at it, what the selector means. Raises ValueError with one plain sentence."""
    if _NAMESPACE.search(_QUOTED.sub("", selector)):
        raise ValueError("it names a namespace, of which pages have none")
    try:
        return _TRANSLATOR.css_to_xpath(selector, prefix="descendant-or-self::")
    except SelectorError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
