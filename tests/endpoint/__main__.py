"""Run the endpoint as a process: `python -m tests.endpoint --answers FILE --port 8100 --faults 0.3`.

FILE is JSON: the user's message of a question to the answer. A question that is not in it is answered with no
records. The port is printed when it listens; `GET /counts` says what came. Every route demands `server.KEY`.
"""

import argparse
import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .faults import TRANSIENT, Chance, question_of
from .server import Endpoint, listen, port_of

NO_RECORDS = '{"records":[]}'


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--kinds", default=",".join(TRANSIENT))
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    answers = json.loads(chosen.answers.read_text(encoding="utf-8")) if chosen.answers else {}

    def answer(body: Mapping[str, Any]) -> str:
        return str(answers.get(question_of(body), NO_RECORDS))

    asyncio.run(
        _serve(
            Endpoint(Chance(answer, chosen.faults, chosen.kinds.split(","), chosen.seed), chosen.latency),
            chosen.port,
        )
    )


async def _serve(endpoint: Endpoint, port: int) -> None:
    server = await listen(endpoint, port)
    base = endpoint.manner.base
    print(f"http://127.0.0.1:{port_of(server)}{base}", flush=True)  # noqa: T201 - whoever started it reads this
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    main()
