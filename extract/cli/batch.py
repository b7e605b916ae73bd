"""`extract numbers --batch`, on a path that imports next to nothing."""

import sys


def numbers_batch() -> int:
    """Read `{"id","text"}` lines from standard input, write `{"id","mentions"}` lines to standard output.

    Returns:
        0; or 1 where some lines could not be read, each answered by a line with an `error`.
    """
    from extract.numbers.batch import run_batch

    bad = run_batch(sys.stdin.buffer, sys.stdout.buffer)
    sys.stdout.flush()
    if bad:
        from extract.cli.terminal import complain
        from extract.messages import count

        complain(
            count(
                "%(num)s line could not be read; it is answered with its error.",
                "%(num)s lines could not be read; each is answered with its error.",
                bad,
            )
        )
    return 1 if bad else 0
