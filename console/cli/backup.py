"""`backup`: makes a backup now, and follows it."""

from argparse import Namespace

from console.cli.answers import ErrorAnswer
from console.cli.backup_follow import START_SECONDS_MAX, ToldJobs, end, follow
from console.cli.face import CommandFailed, Exit, Face, expect, failed
from console.domain.backup_policy import BackupKind, EngineName
from console.domain.cluster import ClusterSpec
from console.link.backups import JobSeen, StartBackup
from console.link.frames import LinkLost
from console.link.messages import Message
from console.link.socket import Link


def backup(face: Face, options: Namespace) -> Exit:
    """The policy's next kind, or the one that is named."""
    told = ToldJobs()
    with face.link(watches=True, on_message=told.heard) as link:
        repository = repository_of(link, options.cluster, options.repository, options.engine)
        kind = BackupKind(options.type) if options.type else None
        question = StartBackup(cluster=options.cluster, kind=kind, repository=repository)
        return begun(face, link, told, question, options.cluster, detach=options.detach)


def begun(face: Face, link: Link, told: ToldJobs, question: Message, cluster: str, *, detach: bool) -> Exit:
    """Begin a piece of work and follow it; Ctrl+C at any instant leaves it to its host."""
    try:
        seen: JobSeen = expect(_asked(link, question, cluster), JobSeen, where=cluster)
    except KeyboardInterrupt:
        raise _not_known(cluster, "left at the keyboard: whether it was begun is not known") from None
    if detach:
        return end(face, seen.job)
    return end(face, follow(face, link, told, seen.job), left=True)


def _asked(link: Link, question: Message, cluster: str) -> Message:
    try:
        return link.ask(question, seconds_max=START_SECONDS_MAX)
    except LinkLost as lost:
        raise _not_known(cluster, f"{lost.reason}: whether it was begun is not known") from lost


def _not_known(cluster: str, what: str) -> CommandFailed:
    answer = ErrorAnswer(
        error="engine-lost", what=what, where=cluster, changed="what was begun goes on on its host, and is found again",
        next=f"see 'ledger-console backups list {cluster}'",
    )  # fmt: skip
    return CommandFailed(answer, Exit.PERSON)


def cluster_of(link: Link, name: str) -> ClusterSpec:
    """The cluster as the inventory has it. Raises CommandFailed."""
    spec = link.welcome.inventory.cluster(name)
    if spec is None:
        there = ", ".join(cluster.name for cluster in link.welcome.inventory.clusters) or "none"
        raise failed("no-cluster", f"there is no cluster {name!r} in the inventory", where=name,
                     then=f"clusters there are: {there}")  # fmt: skip
    return spec


def repository_of(link: Link, cluster: str, repository: str, engine: str = "") -> str:
    """The repository's name: the one that is named, or the policy's first of that engine; else the policy's first."""
    policy = cluster_of(link, cluster).backup
    if policy is None:
        raise failed("no-policy", f"{cluster} has no backup policy", where=cluster,
                     then=f"give it one: 'ledger-console policy set {cluster} --file FILE'")  # fmt: skip
    of_engine = f" of {engine}" if engine else ""
    names = [one.name for one in policy.repositories if not engine or one.engine is EngineName(engine)]
    if repository and repository not in names:
        there = ", ".join(names) or "none"
        raise failed("no-repository", f"{cluster} has no repository {repository!r}{of_engine}",
                     where=cluster, then=f"repositories there are: {there}")  # fmt: skip
    if not names:
        raise failed("no-repository", f"the policy of {cluster} has no repository{of_engine}",
                     where=cluster, then=f"see 'ledger-console policy show {cluster}'")  # fmt: skip
    return repository or names[0]
