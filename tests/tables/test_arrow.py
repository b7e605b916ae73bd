"""Data frames as one Arrow stream."""

from collections.abc import Iterator

import polars as pl
import pytest

from extract.tables.arrow import as_arrow

EMPTY = pl.DataFrame(schema={"n": pl.Int64, "text": pl.String})


def some(first: int) -> pl.DataFrame:
    return pl.DataFrame({"n": [first, None], "text": ["云州" * first, None]}, schema=EMPTY.schema)


def test_frames_come_back_as_one_whatever_their_sizes() -> None:
    """An empty one among them, and one larger than any buffer."""
    frames = [EMPTY, some(1), EMPTY, some(300_000), some(2)]
    with as_arrow(frames) as stream:
        assert pl.DataFrame(stream).equals(pl.concat(frames))


def test_a_stream_of_no_rows_has_its_columns() -> None:
    with as_arrow([EMPTY]) as stream:
        assert pl.DataFrame(stream).schema == EMPTY.schema


def test_frames_are_made_when_they_are_read() -> None:
    """So that none but the present one is held."""
    made: list[int] = []

    def frames() -> Iterator[pl.DataFrame]:
        for n in range(3):
            made.append(n)
            yield some(n)

    with as_arrow(frames()) as stream:
        assert made == []
        pl.DataFrame(stream)
    assert made == [0, 1, 2]


@pytest.mark.parametrize("error", [ValueError("spoilt"), KeyboardInterrupt()])
def test_what_goes_wrong_with_a_frame_is_told_as_it_was(error: BaseException) -> None:
    """Not as the reader's own error, which knows no hint and no interrupt."""

    def frames() -> Iterator[pl.DataFrame]:
        yield some(1)
        raise error

    with pytest.raises(type(error)) as caught, as_arrow(frames()) as stream:
        pl.DataFrame(stream)
    assert caught.value is error
