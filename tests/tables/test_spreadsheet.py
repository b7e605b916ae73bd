"""What a real spreadsheet program makes of our files: opened, saved, and opened again."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from extract.tables.formats import FileFormat, rendered
from extract.tables.table import Table, table_of

from .small_table import Row

CELLS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,2)",
    "\t=1+1",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "正常",
]
UTF8_CSV = "CSV:44,34,76,1"
SAVED_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"
SECONDS = 120
TABLE: Table[Row] = table_of(Row, "small", "small", "small")


def converted(path: Path, to: str, folder: Path) -> Path:
    """The same table as the program saves it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed; make services installs it")
    reading = [f"--infilter={UTF8_CSV}"] if path.suffix == ".csv" else []
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    subprocess.run(
        [program, profile, "--headless", *reading, "--convert-to", to, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    saved = folder / f"{path.stem}.{to.partition(':')[0]}"
    if not saved.is_file():
        pytest.skip("LibreOffice has no Calc; make services installs it")
    return saved


@pytest.mark.parametrize("file_format", [FileFormat.CSV, FileFormat.XLSX])
def test_no_cell_becomes_a_formula_however_the_file_is_saved(file_format, tmp_path: Path):
    """As it is, then as CSV, then as a workbook again; a negative number is a number all the way."""
    rows = [
        Row(cell, 2024, Decimal("-2.5"), sure=False, also_in=(), report_id="r", quote=cell) for cell in CELLS
    ]
    path = tmp_path / f"table.{file_format}"
    path.write_bytes(b"".join(rendered(TABLE, rows, file_format, bom=True)))
    for n, to in enumerate(["xlsx", SAVED_CSV, "xlsx"]):
        folder = tmp_path / str(n)
        folder.mkdir()
        path = converted(path, to, folder)
        if path.suffix == ".xlsx":
            sheet = load_workbook(path).worksheets[0]
            cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
            assert not [cell.value for cell in cells if cell.data_type == "f"]
            assert [cell.value for cell in sheet["C"]][1:] == [-2.5] * len(CELLS)
            assert sheet.cell(len(CELLS) + 1, 1).value == "正常"
