"""What appointments have in Slack besides their cards."""

from uuid import UUID

from sqlmodel import Field

from storage.tables.base import Row


class AppointmentMessageRow(Row, table=True):
    """The message to one of its people; both ids are empty while nobody knows whether it was posted.

    `shown` marks what it shows.
    """

    __tablename__ = "appointment_message"

    appointment_id: UUID = Field(primary_key=True, foreign_key="appointment.id", ondelete="CASCADE")
    member_id: UUID = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)
    channel: str
    message: str
    shown: str
