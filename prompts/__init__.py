"""Instructions and examples for language models: data, no code.

`system.md` opens every question; `<record type>.md` says when a record is of that type, with examples. Each
example is a question and its answer in the very form that goes over the wire, and a test holds every one of
them against the rules.
"""
