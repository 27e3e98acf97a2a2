"""Small official files as the tests need them: NPPES, its deactivation report as workbook, RPPS."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench import nppes

RPPS_HEADER = [
    "Type d'identifiant PP",
    "Identifiant PP",
    "Identification nationale PP",
    "Code civilité d'exercice",
    "Libellé civilité d'exercice",
    "Code civilité",
    "Libellé civilité",
    "Nom d'exercice",
    "Prénom d'exercice",
    "Code profession",
    "Libellé profession",
    "Code catégorie professionnelle",
    "Libellé catégorie professionnelle",
    "Code type savoir-faire",
    "Libellé type savoir-faire",
    "Code savoir-faire",
    "Libellé savoir-faire",
    "Code Département (structure)",
    "Libellé Département (structure)",
    "",
]
ADA = {
    "NPI": nppes.npi(1),
    "Entity Type Code": "1",
    "Provider Last Name (Legal Name)": "OYELARAN",
    "Provider First Name": "ADA",
    "Provider Middle Name": "M",
    "Provider Credential Text": "M.D.",
    "Provider Other Last Name": "BRANDT",
    "Provider Other First Name": "ADA",
    "Provider Enumeration Date": "05/23/2006",
    "Last Update Date": "07/08/2025",
    "Healthcare Provider Taxonomy Code_1": "207R00000X",
    "Healthcare Provider Primary Taxonomy Switch_1": "N",
    "Provider License Number State Code_1": "TX",
    "Healthcare Provider Taxonomy Code_2": "207Q00000X",
    "Healthcare Provider Primary Taxonomy Switch_2": "Y",
    "Provider License Number State Code_2": "CA",
}
BEN = {
    "NPI": nppes.npi(2),
    "Entity Type Code": "1",
    "Provider Last Name (Legal Name)": "QUISAN",
    "Provider First Name": "BEN",
    "Last Update Date": "07/08/2025",
    "Healthcare Provider Taxonomy Code_1": "163W00000X",
}
CLINIC = {
    "NPI": nppes.npi(3),
    "Entity Type Code": "2",
    "Provider Organization Name (Legal Business Name)": "TEN CLINIC",
}
GONE = {"NPI": nppes.npi(4), "NPI Deactivation Date": "03/04/2024"}


def nppes_file(folder: Path, *rows: dict[str, str] | str, name: str = "npidata_pfile_20050523-20261108.csv") -> Path:
    """A dissemination file of these rows; a row given as text is written as it is."""
    header = '"' + '","'.join(nppes.HEADER) + '"\n'
    path = folder / name
    lines = [row if isinstance(row, str) else nppes.line(row) for row in rows]
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


def zipped(folder: Path, *paths: Path, name: str = "NPPES_Data_Dissemination_November_2026.zip") -> Path:
    """The archive as published: the data file among others."""
    archive = folder / name
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("npidata_pfile_20050523-20261108_fileheader.csv", "NPI\n")
        for path in paths:
            file.write(path, path.name)
    return archive


def workbook(folder: Path, rows: list[list[str]], *, shared: bool = True, prologue: str = "") -> Path:
    """An .xlsx of text cells, with shared or inline strings."""
    path = folder / "NPPES Deactivated NPI Report 20261109.xlsx"
    strings = list(dict.fromkeys(cell for row in rows for cell in row))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    body = "".join(f'<row r="{place}">{_cells(row, place, strings, shared)}</row>' for place, row in enumerate(rows, 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", f"<workbook {space}/>")
        if shared:
            items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
            file.writestr("xl/sharedStrings.xml", f"<sst {space}>{items}</sst>")
        file.writestr(
            "xl/worksheets/sheet1.xml", f"{prologue}<worksheet {space}><sheetData>{body}</sheetData></worksheet>"
        )
    return path


def report(folder: Path, *rows: list[str]) -> Path:
    """The deactivation report as published: a title, a header, rows."""
    return workbook(
        folder, [["NPPES Deactivated Records as of Nov 09 2026"], ["NPI", "NPPES Deactivation Date"], *rows]
    )


def rpps_file(folder: Path, *rows: dict[str, str]) -> Path:
    """An extraction of persons and activities; each row ends in a delimiter, as published."""
    path = folder / "ps-libreacces-personne-activite.txt"
    lines = ["|".join(row.get(name, "") for name in RPPS_HEADER) for row in rows]
    path.write_text("\n".join(["|".join(RPPS_HEADER), *lines]) + "\n", encoding="utf-8")
    return path


def activity(number: str = "10000000017", **fields: str) -> dict[str, str]:
    """One row of the extraction: a doctor in Paris unless said otherwise."""
    return {
        "Type d'identifiant PP": "8",
        "Identifiant PP": number,
        "Nom d'exercice": fields.get("family", "LEFÈVRE"),
        "Prénom d'exercice": fields.get("given", "ANNE-MARIE"),
        "Code profession": fields.get("profession", "10"),
        "Code catégorie professionnelle": fields.get("category", "C"),
        "Code savoir-faire": fields.get("skill", "SM26"),
        "Code Département (structure)": fields.get("department", "75"),
    } | ({"Type d'identifiant PP": fields["kind"]} if "kind" in fields else {})


def _cells(row: list[str], place: int, strings: list[str], shared: bool) -> str:
    letters = "ABCDEFGH"
    if shared:
        return "".join(
            f'<c r="{letters[x]}{place}" t="s"><v>{strings.index(cell)}</v></c>' for x, cell in enumerate(row)
        )
    return "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
