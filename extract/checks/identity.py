"""What makes a record the same record in a later run."""

from hashlib import blake2b

from extract.engines.base import Draft
from schemas import Evidence, Figure


def identity(draft: Draft, evidence: Evidence, figures: tuple[Figure, ...]) -> str:
    """A short hash of what the record says. No offset goes in, so that a review decision outlives edits
    elsewhere in the file.
    """
    content = "\0".join((draft.type, draft.indicator, evidence.quote, *[figure.text for figure in figures]))
    bare = "".join(content.split())
    return blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
