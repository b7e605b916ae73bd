"""What people see: one frozen dataclass per page, one template each; the templates only display."""

from fastapi import APIRouter

from extract.desk.pages import bulk, item, jobs, overview, queue, report, session, settings
from extract.desk.pages.failures import render_error

router = APIRouter(include_in_schema=False)
for _page in (queue, item, report, overview, bulk, jobs, settings, session):
    router.include_router(_page.router)

__all__ = ["render_error", "router"]
