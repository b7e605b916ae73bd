"""The JSON API: everything that the pages do, for programs; described by `/api/openapi.json`."""

from fastapi import APIRouter

from extract.desk.api import accounts, exports, items, reports, service

router = APIRouter(prefix="/api")
for part in (items, reports, exports, accounts, service):
    router.include_router(part.router)

__all__ = ["router"]
