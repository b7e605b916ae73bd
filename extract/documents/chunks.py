"""Chunks: whole sentences of one chapter or clause, of about equal size, one for each request to a model."""

from collections.abc import Sequence

from extract.documents.model import Chunk, Section, Sentence

TARGET_CHARS = 1500


def chunks_of(
    sentences: Sequence[Sentence], sections: Sequence[Section], target_chars: int = TARGET_CHARS
) -> tuple[Chunk, ...]:
    """Group sentences; a sentence longer than the target is a chunk by itself, never cut.

    Args:
        sentences: all sentences of a report.
        sections: its sections.
        target_chars: the length at which a chunk is closed.
    """
    out: list[Chunk] = []
    run: list[Sentence] = []
    home = -1
    for sentence in sentences:
        chapter = _home(sentence.section, sections)
        full = bool(run) and sentence.end - run[0].start > target_chars
        if run and (full or chapter != home):
            out.append(_chunk(len(out), run))
            run = []
        home = chapter
        run.append(sentence)
    if run:
        out.append(_chunk(len(out), run))
    return tuple(out)


def _home(section: int, sections: Sequence[Section]) -> int:
    """The chapter or clause in which a section stands."""
    while (parent := sections[section].parent) is not None and sections[section].level > 2:
        section = parent
    return section


def _chunk(index: int, run: Sequence[Sentence]) -> Chunk:
    return Chunk(index, run[0].section, run[0].index, run[-1].index, run[0].start, run[-1].end)
