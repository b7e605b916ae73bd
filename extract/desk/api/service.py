"""The figures of the overview."""

from fastapi import APIRouter

from extract.desk.access import TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.api.forms import problems
from extract.desk.overview import Overview, overview

router = APIRouter(tags=["overview"], responses=problems(), route_class=Admitting)


@router.get("/overview")
def read_overview(at: TheDesk, _: Who) -> Overview:
    """Progress, flags by code, agreement, reports, regions, reviewers."""
    return overview(at.store)
