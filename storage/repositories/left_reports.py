"""What members are to be told of accounts and calendars that they left."""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from bot.domain.connections import Revocation
from bot.domain.leaving import LEASE, LeftReport
from storage.tables import LEFT_REPORTS


class LeftReports:
    """The part of `ports.Leavings` that tells of what was done."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report(self, report: LeftReport, due_at: datetime) -> None:
        """The member is to be told."""
        self._connection.execute(
            insert(LEFT_REPORTS).values(
                id=report.id,
                workspace_id=report.workspace_id,
                member_id=report.member_id,
                provider=report.provider,
                address=report.address,
                revocation=report.revocation.name if report.revocation is not None else None,
                removed=report.removed,
                kept=json.dumps([str(one) for one in report.kept]),
                until=report.until,
                due_at=due_at,
                attempts=report.attempts,
            )
        )

    def claim_report(self, now: datetime) -> LeftReport | None:
        """The next to be sent."""
        due = (
            select(LEFT_REPORTS.c.id)
            .where(LEFT_REPORTS.c.due_at <= now)
            .order_by(LEFT_REPORTS.c.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(
            update(LEFT_REPORTS)
            .where(LEFT_REPORTS.c.id.in_(due))
            .values(due_at=now + LEASE, attempts=LEFT_REPORTS.c.attempts + 1)
            .returning(LEFT_REPORTS)
        ).one_or_none()
        if row is None:
            return None
        return LeftReport(
            row.id,
            row.workspace_id,
            row.member_id,
            row.provider,
            row.address,
            Revocation[row.revocation] if row.revocation is not None else None,
            row.removed,
            tuple(map(UUID, json.loads(row.kept))),
            row.until,
            row.attempts,
        )

    def put_off_report(self, report: LeftReport, due_at: datetime) -> None:
        """Slack does not take it now: try again then."""
        self._connection.execute(update(LEFT_REPORTS).where(LEFT_REPORTS.c.id == report.id).values(due_at=due_at))

    def told(self, report: LeftReport) -> None:
        """It was sent, or never will be."""
        self._connection.execute(delete(LEFT_REPORTS).where(LEFT_REPORTS.c.id == report.id))
