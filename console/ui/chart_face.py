"""What a page needs of its charts, without the half second that loading them costs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.fleet import Chart, ClusterView


class ChartFace(QWidget):
    """The charts of one cluster, as the page around them sees them."""

    wants = Signal(object)  # AskChart
    said = Signal(object)  # a sentence about an export

    def show_cluster(self, view: ClusterView | None) -> None:
        """Takes the picture's time as now."""
        raise NotImplementedError

    def show_chart(self, chart: Chart) -> None:
        """The answer to a question of ours."""
        raise NotImplementedError

    def ask_again(self) -> None:
        """Ask anew at the next picture."""
        raise NotImplementedError
