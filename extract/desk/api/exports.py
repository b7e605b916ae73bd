"""What people approved, as a file."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from extract.desk.access import TheDesk, Who
from extract.desk.api.forms import problems
from extract.desk.exports import FileFormat, TableName, reviewed_lines
from extract.desk.reviewed import reviewed
from schemas import State

router = APIRouter(tags=["exports"], responses=problems())
MEDIA: dict[FileFormat, str] = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
CONTENT = {media: {"schema": {"type": "string"}} for media in MEDIA.values()}


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": CONTENT}})
def export(
    at: TheDesk,
    _: Who,
    table: Annotated[TableName, Query(description="One row a figure, or one a record.")] = "facts",
    file_format: Annotated[FileFormat, Query(alias="format")] = "csv",
    state: Annotated[
        list[State] | None, Query(description="approved (also what was corrected) where none is given.")
    ] = None,
    bom: Annotated[bool, Query(description="Begin CSV with a byte-order mark, for Excel.")] = False,  # noqa: FBT002
) -> StreamingResponse:
    """Facts or records with corrections applied, who decided, and what the engine had said."""
    states = [one.value for one in state or [State.APPROVED]]
    lines = reviewed_lines(reviewed(at.store), table, file_format, states, bom=bom)
    name = f"{states[0]}-{table}.{file_format}"
    return StreamingResponse(
        lines,
        media_type=MEDIA[file_format],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
