r"""Rules: one line of an editor that says what belongs to a topic.

    gas                     a word; whole, and folded: "Газ" is "газ", "İLHAM" is "ilham"
    "Southern Gas Corridor" a phrase: these words in this order
    a b, a AND b            both
    a OR b                  one of them; binds weaker than AND
    NOT a, -a               not this; binds strongest
    ( ... )                 what belongs together
    field:value             in one field only: title, text, source, outlet, origin, lang or tag; field:"two words"

A word or phrase without a field is looked for in the title and in the text. Scripts without spaces and Korean are
searched by substring. Fields with names (source, outlet, origin, tag) are met by the whole name; outlet and origin by
slug or name. The operators are in capitals only; `and`, `or` and `not` in small letters are refused outside quotes,
because an editor who writes them means the operators and would get a rule that matches next to nothing.
Characters that the language will need later (`* ~ | / ! # < > = [ ] { } ^ \`) are refused as well, so that no rule
changes its meaning when it grows.
"""

from feedhub.steps.rules.compile import compile_rule

__all__ = ["compile_rule"]
