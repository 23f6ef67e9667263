"""The approval rules of clusters, kept as settings: when a plan needs a second person."""

import hashlib
from typing import Final

from console.domain.approval import ApprovalPolicy, ApprovalRule, policy_of
from console.store.settings import Settings

_PREFIX: Final = "approval-rule-"
_MARK_CHARACTERS: Final = 40  # a cluster's name can be as long as a key may be: its hash stands for it


class ApprovalPolicies:
    """The rule of each cluster. All of it raises StoreTrouble."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, cluster: str) -> ApprovalPolicy:
        """The cluster's rule; production needs a second person where nobody chose another."""
        return self.chosen(cluster) or ApprovalPolicy()

    def chosen(self, cluster: str) -> ApprovalPolicy | None:
        """The rule that a person chose, or None. One that can't be read is the strictest."""
        text = self._settings.get(_key(cluster))
        if text is None:
            return None
        try:
            return policy_of(text)
        except ValueError:
            return ApprovalPolicy(rule=ApprovalRule.ALWAYS)

    def set(self, cluster: str, policy: ApprovalPolicy) -> None:
        self._settings.set(_key(cluster), f"{policy}")


def _key(cluster: str) -> str:
    return _PREFIX + hashlib.sha256(cluster.encode()).hexdigest()[:_MARK_CHARACTERS]
