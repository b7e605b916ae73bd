"""The research tables by their names."""

from extract.tables.rows import LivelihoodRow, PanelRow, ProjectTrackingRow, TrackingRow
from extract.tables.table import table_of

PANEL = table_of(PanelRow, "panel", "面板", "panel")
TRACKING = table_of(TrackingRow, "tracking", "目标与完成", "tracking")
LIVELIHOOD = table_of(LivelihoodRow, "livelihood", "民生实事", "livelihood")
PROJECTS = table_of(ProjectTrackingRow, "projects", "民生实事进展", "projects")
