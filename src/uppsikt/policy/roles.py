"""Who may act. The names are the guideline's, section 3, and what law adds."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A role a person holds at a node, for a time (R-3.1-1…R-3.3-2)."""

    MUNICIPAL_DIRECTOR = "municipal_director"
    COMMUNICATIONS_DIRECTOR = "communications_director"
    COMMUNICATIONS_OFFICE = "communications_office"
    DEPARTMENT_DIRECTOR = "department_director"
    LINE_MANAGER = "line_manager"
    COMMUNICATIONS_OFFICER = "department_communications_officer"
    CHANNEL_OWNER = "channel_owner"
    DEPUTY = "deputy"
    PUBLISHER = "publisher"
    EMPLOYEE = "employee"
    REGISTRAR = "registrar"
    ARCHIVIST = "archivist"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    AUDITOR = "auditor"
    CLOCK = "clock"


# Technical and general roles see no content: a system administrator keeps the
# house running, an employee applies and reports (requirements.md 5.2).
SEES_CONTENT: Final = frozenset(Role) - {
    Role.SYSTEM_ADMINISTRATOR,
    Role.EMPLOYEE,
    Role.CLOCK,
}

READS_RESTRICTED: Final = frozenset(
    {
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.REGISTRAR,
        Role.DATA_PROTECTION_OFFICER,
    }
)
