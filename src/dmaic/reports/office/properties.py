"""What a document says of itself; the same report says the same."""

from __future__ import annotations

from dmaic.reports.office.theme import HEAD, text
from dmaic.reports.report import Report
from dmaic.reports.style import Style

CORE = "docProps/core.xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

_DIGITS = 12
"""Of a fingerprint; enough to compare it by eye."""

_SPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core(report: Report, style: Style) -> bytes:
    """`docProps/core.xml`: title, language and the day of the report, not that of the computer.

    Args:
        report: composed.
        style: of the client.
    """
    moment = f"{report.day.isoformat()}T00:00:00Z"
    return (
        f"{HEAD}<cp:coreProperties {_SPACES}><dc:title>{text(report.title)}</dc:title>"
        f"<dc:subject>{text(report.subtitle)}</dc:subject>"
        f"<dc:description>{text(f'Record {report.fingerprint}'.strip())}</dc:description>"
        f"<dc:creator>{text(style.organisation or 'dmaic')}</dc:creator>"
        f"<dc:language>{text(style.language)}</dc:language>"
        f"<cp:contentStatus>{'Draft' if report.draft else 'Final'}</cp:contentStatus>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def day(report: Report) -> str:
    """The day of a report, as dates are written in it.

    Args:
        report: composed.
    """
    return report.day.isoformat()


def particulars(report: Report) -> str:
    """As of when the report is, for whom, and from which record: the line under its title.

    Args:
        report: composed.
    """
    parts = [f"As of {day(report)}"]
    if report.sponsor:
        parts.append(f"Sponsor: {report.sponsor}")
    if report.fingerprint:
        number, _, hash = report.fingerprint.partition(" ")
        parts.append(f"Record {number} ({hash[:_DIGITS]})" if hash else f"Record {number}")
    return " · ".join(parts)
