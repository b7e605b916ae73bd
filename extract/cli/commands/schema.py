"""`extract schema`: the JSON Schema of what this program writes."""

from enum import StrEnum
from typing import Annotated

import typer

EXAMPLE = "Example: extract schema --what fact > fact.schema.json"


class What(StrEnum):
    """What a schema can be had of."""

    RESULT = "result"
    RECORD = "record"
    FACT = "fact"
    MENTION = "mention"


def command(
    what: Annotated[
        What, typer.Option("--what", help="A result file, a record, a row of the facts table, a number.")
    ] = What.RESULT,
) -> int:
    """Print a JSON Schema.

    打印结果、记录、数据行或数字的 JSON Schema。
    """
    import json

    from extract.cli.json_schemas import schema_of
    from extract.cli.terminal import write_lines

    write_lines([json.dumps(schema_of(what.value), ensure_ascii=False, indent=2).encode("utf-8"), b"\n"])
    return 0
