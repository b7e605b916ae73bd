"""What one document may take at most: to be read, and to be worked through."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits that no document of the kinds read here comes near.

    Attributes:
        bytes: of one file, and of one member of an archive.
        unpacked_bytes: of everything in an archive, and in a DOCX, which is one.
        ratio: how many times larger an archive may become; small ones may.
        entries: files in an archive.
        depth: archives within archives.
        pages: of a PDF.
        characters: of decoded text.
        seconds: of processor time for a document; each page of a PDF that was read adds `seconds_per_page`.
        seconds_per_page: see above; the first `seconds` are not added to.
        memory_bytes: of the process that reads.
        wall_seconds: of the clock, in case the process gets no processor time.
    """

    bytes: int = 20_000_000
    unpacked_bytes: int = 120_000_000
    ratio: int = 200
    entries: int = 2_000
    depth: int = 3
    pages: int = 2_000
    characters: int = 10_000_000
    seconds: float = 2.0
    seconds_per_page: float = 0.3
    memory_bytes: int = 400_000_000
    wall_seconds: float = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one source may take where it is worked through by a process of its own; see `extract.runs.apart`.

    Attributes:
        seconds: of processor time.
        memory_mb: of memory.
        result_mb: of the results that it gives.
        always_apart: do so even where it is small.
    """

    seconds: int = 60
    memory_mb: int = 1_500
    result_mb: int = 32
    always_apart: bool = False


FREE_RATIO_BYTES = 2_000_000
"""Up to this size nothing is too tightly packed: a page of blanks packs a thousandfold."""
