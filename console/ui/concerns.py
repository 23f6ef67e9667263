"""What is wrong now over all clusters, the worst first; knows no Qt."""

from dataclasses import dataclass
from typing import Final

from console.domain.cluster import Environment
from console.domain.fleet import ClusterView
from console.domain.verdict import Finding, Health, ordered

_HEALTH_ORDER: Final = (Health.LOST, Health.UNKNOWN, Health.DEGRADED, Health.HEALTHY)


@dataclass(frozen=True, slots=True)
class Concern:
    """One finding with the cluster it was found in."""

    view: ClusterView
    finding: Finding


def concerns(views: tuple[ClusterView, ...]) -> tuple[Concern, ...]:
    """The worst first. The lab comes last: nothing broken on purpose may hide what is wrong with real books."""
    found = [
        (view.environment is Environment.LAB, _HEALTH_ORDER.index(finding.health), view.name, place, view, finding)
        for view in views
        for place, finding in enumerate(ordered(view.verdict.findings))
        if finding.health is not Health.HEALTHY
    ]
    found.sort(key=lambda row: row[:4])
    return tuple(Concern(row[4], row[5]) for row in found)
