"""What is wrong with a command line: the words of its parser, so that they can be said in Chinese, too."""

import re
from typing import Final

from extract.messages import Message

SENTENCES: Final = (
    (r"No such command '(?P<name>.+?)'\.", Message("No such command '%(name)s'.")),
    (
        r"No such command '(?P<name>.+?)'\. Did you mean (?P<near>.+)\?",
        Message("No such command '%(name)s'. Did you mean %(near)s?"),
    ),
    (r"No such option: (?P<name>\S+)", Message("No such option: %(name)s")),
    (
        r"No such option: (?P<name>\S+) \((?:Possible options:|Did you mean) (?P<near>.+?)\??\)",
        Message("No such option: %(name)s. Did you mean %(near)s?"),
    ),
    (r"Missing argument '(?P<name>.+)'\.(?P<_>[\s\S]*)", Message("Missing argument '%(name)s'.")),
    (r"Missing option '(?P<name>.+)'\.(?P<_>[\s\S]*)", Message("Missing option '%(name)s'.")),
    (r"Option '(?P<name>.+)' requires an argument\.", Message("Option '%(name)s' needs a value.")),
    (r"Got unexpected extra arguments? \((?P<names>.+)\)", Message("Too many arguments: %(names)s")),
    (r"Got unexpected extra argument\(s\) \((?P<names>.+)\)", Message("Too many arguments: %(names)s")),
    (
        r"Invalid value for '?(?P<name>.+?)'?: (?P<reason>[\s\S]+)",
        Message("Invalid value for %(name)s: %(reason)s"),
    ),
    (
        r"(?:Value error, )?(?P<value>'.+') is not one of (?P<choices>.+)\.",
        Message("%(value)s is not one of %(choices)s"),
    ),
    (
        r"Input should be greater than or equal to (?P<least>\S+)",
        Message("it should be %(least)s or more"),
    ),
    (r"Input should be a valid integer.*", Message("it should be a whole number")),
    (r"Input should be a valid (?:number|decimal).*", Message("it should be a number")),
)
"""A pattern of the parser's English → the sentence that is said for it."""


def usage_message(words: str) -> str:
    """The message for what the parser of the command line says; its own words where it says something unknown."""
    for pattern, sentence in SENTENCES:
        if found := re.fullmatch(pattern, words.strip()):
            values = {name: text for name, text in found.groupdict().items() if name != "_"}
            if "reason" in values:
                values["reason"] = usage_message(values["reason"])
            return Message(sentence.template, **values)
    return words
