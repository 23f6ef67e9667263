"""The environment as a stripe along the left edge of a page."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.cluster import Environment
from console.ui import theme
from console.ui.shapes import STRIPE_EM, paint_stripe


class Stripe(QWidget):
    """The environment along the page's left edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._environment: Environment | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.em(STRIPE_EM))

    def show_environment(self, environment: Environment | None) -> None:
        if environment is not self._environment:
            self._environment = environment
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._environment is not None:
            paint_stripe(QPainter(self), self.rect(), self._environment)
