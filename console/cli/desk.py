"""The window, and `demo`: the lab and the window at once, or the tour that leads itself."""

from argparse import Namespace
from pathlib import Path

from console.cli.answers import Check, DemoAnswer
from console.cli.face import Exit, Face, failed
from console.cli.lab import bring_up


def window(face: Face, _: Namespace) -> Exit:
    """Open the window on the engine of this home."""
    if face.json:
        raise failed("usage", "the window has no JSON answer", then="see 'ledger-console --help'", code=Exit.USAGE)
    from console.window import run

    return Exit.DONE if run(face.home) == 0 else Exit.REFUSED


def demo(face: Face, options: Namespace) -> Exit:
    """The lab and the window at once; with --tour by itself, into a directory."""
    if options.tour is not None:
        return _tour(face, Path(options.tour))
    if face.json:
        raise failed("usage", "the window has no JSON answer", then="add --tour DIR", code=Exit.USAGE)
    bring_up(face)
    face.tell("The lab goes on when the window is closed; 'ledger-console lab down' takes it down.")
    return window(face, options)


def _tour(face: Face, directory: Path) -> Exit:
    from console.tour import Tour

    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed("no-directory", f"{directory} can't be made: {error.strerror}", where=str(directory)) from error
    tour = Tour(directory.absolute(), face.say)
    fine = tour.run()
    steps = tuple(
        Check(name=step.name, outcome=step.outcome, observed=f"{step.seen} ({step.seconds:.2f} s)")
        for step in tour.steps
    )
    answer = DemoAnswer(
        directory=str(directory.absolute()), report=str(directory.absolute() / "report.html"),
        pictures=tuple(picture for step in tour.steps for picture in step.pictures), steps=steps, fine=fine,
    )  # fmt: skip
    face.print(answer, [f"{len(answer.pictures)} pictures and the report: {answer.report}"])
    return Exit.DONE if fine else Exit.REFUSED
