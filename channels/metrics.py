"""Metrics for the administrator: how many and how fast, never who. No label can identify a person or a conversation."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()
turns = Counter("quietline_turns", "Turns by how they ended", ["channel", "outcome"], registry=registry)
turn_seconds = Histogram(
    "quietline_turn_seconds",
    "From claim to said",
    buckets=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
    registry=registry,
)
accepted = Counter("quietline_messages_accepted", "Messages kept at the door", ["channel"], registry=registry)
refused = Counter("quietline_messages_refused", "Requests refused at the door", ["reason"], registry=registry)
deliveries = Counter(
    "quietline_deliveries", "Tries to send, by how they ended", ["channel", "outcome"], registry=registry
)
text_parts = Counter(
    "quietline_text_parts",
    "Parts of text messages, by what paid for them, or held back",
    ["outcome"],
    registry=registry,
)
texts_this_hour = Gauge("quietline_text_parts_this_hour", "Parts sent in this hour of the budget", registry=registry)
copies_deleted = Counter(
    "quietline_copies_deleted", "Copies at a provider, by how it ended", ["channel", "outcome"], registry=registry
)
copies_late = Gauge(
    "quietline_copies_older_than_an_hour", "Copies that a provider still has", ["channel"], registry=registry
)
waiting = Gauge("quietline_conversations_due", "Conversations that wait for their turn", registry=registry)
complaints = Gauge("quietline_complaints_waiting", "Services that a steward has to look at", registry=registry)
suspended = Gauge("quietline_services_suspended", "Services that are not given since a complaint", registry=registry)


def page() -> bytes:
    """Return all metrics in the Prometheus text format."""
    return generate_latest(registry)
