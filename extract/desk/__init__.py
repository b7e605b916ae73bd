"""The review desk: what a run has flagged, before the people who approve.

    results → ingest → store → listing, items, reports → pages, JSON API
                         ↑        decisions (append-only events)

`extract.desk.app.create_app` puts it together; `extract.desk.pages` renders what people see.
"""
