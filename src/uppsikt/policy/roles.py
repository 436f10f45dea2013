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


class Right(StrEnum):
    """An act that is no move of a lifecycle. Who may is the guideline's to say."""

    EDIT_CARD = "channel.edit_card"
    APPOINT = "channel.appoint"
    REVOKE_ACCESS = "channel.revoke_access"
    AUTHORISE = "person.authorise"
    PAUSE = "item.pause"
    ENTER_ABSENCE = "absence.enter"
    SWITCH_CRISIS = "crisis.switch"
    KEEP_CALENDAR = "calendar.keep"
    SET_TERMS = "channel.terms"
    KEEP_RISKS = "risk.keep"
    SIGN_RISKS = "risk.sign"
    ASSESS_PLATFORM = "platform.assess"
    ADVISE = "platform.advise"
    CONNECT = "channel.connect"
    PROFILE = "channel.profile"
    REVIEW_CHANNEL = "channel.review"
    TELL_OF_CHANNEL = "channel.tell"
    PLAN_CLOSING = "channel.plan_closing"
    CONSULT = "channel.consult"
    IMPORT = "channel.import"
    TICK = "watch.tick"
    KEEP_ROTA = "watch.rota"
    ANSWER_MISSED = "watch.answer"
    ENTER = "item.enter"
    HAND_OUT = "item.hand_out"
    JUDGE_POLITICAL = "item.judge"
    KEEP_PARTIES = "party.keep"
    JUDGE_RULES = "signal.judge"
    REVIEW_ANSWERS = "sample.review"
    ASSIGN = "item.assign"
    SNOOZE = "item.snooze"
    NOTE = "item.note"
    CLEAR_PICTURE = "picture.clear"
    TELL = "case.tell"
    EXPORT = "case.export"
    REGISTER = "diary.register"
    REVIEW = "guideline.review"
    KEEP_TEXT = "guideline.keep_text"
    SEE_READERS = "guideline.see_readers"
    CHECK_LAW = "law.check"
    DECIDE_WORK_TIME = "local.work_time"
    WRITE_ROUTINE = "local.routine"
    DECIDE_DISPOSAL = "local.disposal"
    DECIDE_OVERSIGHT = "local.oversight"


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
