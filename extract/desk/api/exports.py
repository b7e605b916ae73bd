"""What people approved, as a file."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from extract.desk.access import TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.api.forms import problems
from extract.desk.exports import TableName, reviewed_bytes
from extract.desk.reviewed import reviewed
from extract.tables.formats import FileFormat
from schemas import State

States = State | Literal["final"]
router = APIRouter(tags=["exports"], responses=problems(), route_class=Admitting)
MEDIA = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.JSONL: "application/x-ndjson",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PARQUET: "application/vnd.apache.parquet",
    FileFormat.DTA: "application/x-stata",
}
CONTENT = {media: {"schema": {"type": "string"}} for media in MEDIA.values()}


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": CONTENT}})
def export(
    at: TheDesk,
    _: Who,
    table: Annotated[TableName, Query(description="One row a figure, or one a record.")] = "facts",
    file_format: Annotated[FileFormat, Query(alias="format")] = FileFormat.CSV,
    state: Annotated[
        list[States] | None,
        Query(
            description="approved (also what was corrected) where none is given; final is the set to hand on: what the "
            "checks verified and nobody rejected, and what people approved, corrected or added."
        ),
    ] = None,
    lang: Annotated[Literal["en", "zh"], Query(description="Language of column names.")] = "en",
    bom: Annotated[bool, Query(description="Begin CSV with a byte-order mark, for Excel.")] = False,  # noqa: FBT002
) -> StreamingResponse:
    """Facts or records with corrections applied, who decided, and what the engine had said."""
    states = [str(one) for one in state or [State.APPROVED]]
    pieces = reviewed_bytes(reviewed(at.store), table, file_format, states, bom=bom, chinese=lang == "zh")
    name = f"{states[0]}-{table}.{file_format.value}"
    return StreamingResponse(
        pieces,
        media_type=MEDIA[file_format],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
