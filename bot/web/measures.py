"""What is counted and timed; labels are routes and states, never ids, addresses or anything that people wrote."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ACK_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


class Measures:
    """The counters of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "daybook_http_requests", "Requests by route and status.", ("route", "status"), registry=self.registry
        )
        self.slack_seconds = Histogram(
            "daybook_slack_ack_seconds",
            "How long Slack waited for its acknowledgement.",
            buckets=_ACK_BUCKETS,
            registry=self.registry,
        )
        self.slack_refused = Counter(
            "daybook_slack_refused", "Requests that Slack did not sign.", ("why",), registry=self.registry
        )
        self.job_runs = Counter(
            "daybook_job_runs", "Runs of a named job by outcome.", ("job", "outcome"), registry=self.registry
        )
        self.is_ready = Gauge("daybook_ready", "Whether the last readiness check passed.", registry=self.registry)

    def count_job(self, job: str, outcome: str) -> None:
        """One more run of a named job."""
        self.job_runs.labels(job, outcome).inc()

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)


class Counting:
    """Counts answers by the route's pattern; a path as it came may hold anything."""

    def __init__(self, app: ASGIApp, *, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its answer."""

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = scope.get("route")
                path = route.path if isinstance(route, Route) else "none"
                self._measures.requests.labels(path, str(message["status"])).inc()
            await send(message)

        await self._app(scope, receive, send_and_count)
