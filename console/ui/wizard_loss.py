"""Step 5 of the wizard: what would be lost, in entries and money, where each book ends, and what may change it."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.plan import Candidate, Checked, Loss, LossBasis, Outcome, Plan
from console.domain.text import shown
from console.domain.verdict import Health
from console.ui import measures, theme
from console.ui.book_ends import BookEnds, BookEndsPicture
from console.ui.controls import Says
from console.ui.figure_table import Cell, FigureTable, Row
from console.ui.loss_words import loss_ground, loss_sentence
from console.ui.plan_words import checked_text, mend_sentence, outcome_word
from console.ui.speech import counted, translate
from console.ui.theme import SMALL, Token
from console.ui.wizard_choice import Choice, ChoiceList
from console.ui.wizard_findings import OutcomeMark
from console.ui.wizard_flow import Draft
from console.ui.wizard_parts import Figures, Panel, WizardPage, clear, side_by_side
from console.ui.wizard_words import candidate_reasons, currency_name, loss_brief, loss_money

CURRENCIES_SHOWN_MAX: Final = 4  # further ones stand in the line below them
ASIDE_EM: Final = 20.5


class LossPage(WizardPage):
    """The weight is in the figure; the picture and the sources stand below it."""

    node_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._money = Panel()
        self.figures = Figures()
        self._more_money = Says(size_em=SMALL, token=Token.TEXT_MUTED)
        self._money.put(self.figures)
        self._money.put(self._more_money)
        self._picture_panel = Panel(translate("wizard", "Where each book ends"))
        self.picture = BookEndsPicture()
        self._picture_panel.put(self.picture)
        self._others = Panel(translate("wizard", "The same with each candidate"))
        self._others.aside.say(translate("wizard", "entries lost"))
        self.candidates = ChoiceList(translate("wizard", "The same with each candidate"))
        self.candidates.chosen.connect(self.node_chosen)
        self._others.put(self.candidates)
        self._smaller = Panel(translate("wizard", "What may still make it smaller"), tight=True)
        self._smaller_says = Says()
        self._rescue = QVBoxLayout()
        self._smaller.put(self._smaller_says)
        self._smaller.put(self._rescue)
        self._growing = Panel(translate("wizard", "What keeps it from growing"), tight=True)
        self._growing_says = Says()
        self._growing.put(self._growing_says)
        self._sources = Panel(translate("wizard", "Where this comes from"), tight=True)
        self.sources = FigureTable(wide=0, row_gap_em=0.5)
        self.sources.setAccessibleName(self._sources.title.text)
        self._sources.put(self.sources)
        self._lay_out()

    def _lay_out(self) -> None:
        self.column.addWidget(self._money)
        self.column.addWidget(self._picture_panel)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._others)
        left.addStretch(1)
        right.setSpacing(theme.grid(3))
        for part in (self._smaller, self._growing, self._sources):
            part.setFixedWidth(theme.em(ASIDE_EM))
            right.addWidget(part)
        right.addStretch(1)
        self.column.addLayout(side_by_side((left, 1), (right, 0), gap_steps=6))
        self.column.addStretch(1)

    def show_draft(self, draft: Draft, now: datetime) -> None:
        plan = draft.plan
        if plan is None or plan.loss is None:
            return
        loss = plan.loss
        self.head.say(loss_sentence(loss, short=False), _ground(loss), _health(loss))
        figures, more = _money(loss)
        self._money.setVisible(bool(figures))
        self.figures.show_figures(figures)
        self._more_money.say(more)
        ends = book_ends(plan)
        self._picture_panel.setVisible(ends is not None)
        if ends is not None:
            self.picture.show_ends(ends)
        self._show_candidates(plan, draft)
        self._show_rescue(plan)
        fence = translate("wizard", "After fencing the loss is counted again. Above the maximum that is approved in "
                                    "the next steps, the plan stops and asks.")  # fmt: skip
        self._growing_says.say(fence)
        self.sources.show_rows(_sources(plan, now))

    def _show_candidates(self, plan: Plan, draft: Draft) -> None:
        known = [one.loss.entries_high or one.loss.entries_low or 0 for one in plan.candidates if one.loss is not None]
        longest = max(known, default=0)
        self._others.setVisible(bool(plan.candidates))
        choices = [_candidate(one, longest, chosen=one.node == draft.node) for one in plan.candidates]
        self.candidates.show_choices(choices, draft.node)

    def _show_rescue(self, plan: Plan) -> None:
        check = next((one for one in plan.checks if one.check == "rescue"), None)
        planned = any(step.kind == "rescue-replay" for step in plan.steps)
        node = shown(plan.subject)
        if planned:
            text = translate("wizard", "WAL rescue: if the disk of {node} can be read after fencing, what is missing "
                                       "is brought over and comes back.")  # fmt: skip
        else:
            text = translate("wizard", "WAL rescue is not part of this plan.")
        self._smaller_says.say(text.format(node=node))
        clear(self._rescue)
        if check is not None:
            self._rescue.addLayout(_check_line(check))
            mend = mend_sentence(check) if check.outcome is not Outcome.PASS else ""
            if mend:
                self._rescue.addWidget(Says(mend, size_em=SMALL, token=Token.TEXT_MUTED))

    def first_focus(self) -> QWidget | None:
        return None


def _check_line(check: Checked) -> QVBoxLayout:
    column = QVBoxLayout()
    text = translate("wizard", "{outcome}: {observed}")
    said = text.format(outcome=outcome_word(check.outcome), observed=checked_text(check.check, check.observed))
    says = Says(said, size_em=SMALL, token=Token.TEXT_MUTED)
    row = side_by_side((OutcomeMark(check.outcome), 0), (says, 1), gap_steps=1.5)
    row.setAlignment(says, Qt.AlignmentFlag.AlignVCenter)
    column.addLayout(row)
    return column


def _ground(loss: Loss) -> str:
    said = loss_ground(loss)
    return said[:1].upper() + said[1:]


def _health(loss: Loss) -> Health:
    if loss.basis is LossBasis.NONE or (loss.entries_high == 0 and loss.basis is LossBasis.EXACT):
        return Health.HEALTHY
    if loss.basis is LossBasis.UNKNOWN or loss.entries_low is None:
        return Health.UNKNOWN
    return Health.LOST


def _money(loss: Loss) -> tuple[tuple[tuple[str, str, str, Token], ...], str]:
    """A figure a currency, exact for what was seen, then the accounts; what does not fit stands in a line."""
    if not loss.entries_low and not loss.amounts:
        return (), ""
    uncertain = loss.basis is LossBasis.INTERVAL and loss.entries_high != loss.entries_low
    below = translate("wizard", "seen; of the unseen: not known") if uncertain else translate("wizard", "exact")
    figures = [
        (currency_name(one.currency), measures.amount(one), below, Token.TEXT)
        for one in loss.amounts[:CURRENCIES_SHOWN_MAX]
    ]
    if not loss.amounts:
        said = translate("wizard", "the books could not be read")
        figures.append((translate("wizard", "Amounts"), translate("wizard", "not known"), said, Token.TEXT))
    if loss.accounts is not None:
        figures.append((translate("wizard", "Accounts touched"), measures.number(loss.accounts), "", Token.TEXT))
    rest = loss.amounts[CURRENCIES_SHOWN_MAX:]
    more = translate("wizard", "and {money}").format(money=measures.money(rest)) if rest else ""
    return tuple(figures), more


def book_ends(plan: Plan) -> BookEnds | None:
    """The picture's values; None where no end of a book is known."""
    loss = plan.loss
    if loss is None or (loss.head_number is None and loss.reference_number is None):
        return None
    low, high = loss.entries_low, loss.entries_high
    unseen = max(0, high - low) if low is not None and high is not None else None
    if loss.basis in (LossBasis.EXACT, LossBasis.NONE):
        unseen = 0
    others = tuple(
        (one.node, one.loss.head_number)
        for one in plan.candidates
        if one.node != loss.candidate and one.loss is not None and one.loss.head_number is not None
    )
    sealed = dict(plan.inputs).get("sealed", "") or dict(plan.notes).get("sealed", "")
    return BookEnds(
        candidate=shown(loss.candidate), candidate_end=loss.head_number, primary=shown(plan.subject),
        primary_end=loss.reference_number, unseen_most=unseen, others=others,
        sealed=int(sealed) if sealed.isdecimal() else None,
    )  # fmt: skip


def _candidate(candidate: Candidate, longest: int, *, chosen: bool) -> Choice:
    loss = candidate.loss
    end = ""
    if loss is not None and loss.head_number is not None:
        end = translate("wizard", "has up to {n}").format(n=measures.number(loss.head_number))
    most = (loss.entries_high or loss.entries_low or 0) if loss is not None else 0
    reasons = translate("wizard", "chosen") if chosen and candidate.eligible else candidate_reasons(candidate)
    told = (reasons[:1].upper() + reasons[1:], loss_money(loss))
    quiet = translate("wizard", ". ").join(part for part in told if part)
    return Choice(
        key=candidate.node, title=shown(candidate.node), possible=candidate.eligible, says=end, quiet=quiet,
        figure=loss_brief(loss) if loss is not None else translate("wizard", "not known"),
        measured=most / longest if longest else None,
    )  # fmt: skip


def _sources(plan: Plan, now: datetime) -> list[Row]:
    loss = plan.loss
    assert loss is not None
    since = measures.duration(max(0.0, (now - plan.made_at).total_seconds()))
    rows = []
    if loss.reference_number is not None:
        text = translate("wizard", "{node}, last read").format(node=shown(plan.subject))
        rows.append(_source(text, measures.number(loss.reference_number), ""))
    if loss.head_number is not None:
        text = translate("wizard", "{node}, its own head row").format(node=shown(loss.candidate))
        rows.append(_source(text, measures.number(loss.head_number), since))
    if loss.unseen_seconds is not None:
        text = translate("wizard", "unread before the silence")
        rows.append(_source(text, measures.duration(loss.unseen_seconds), ""))
    if loss.entries_per_second is not None:
        rate = translate("wizard", "{n} entries/s").format(n=measures.compact(loss.entries_per_second))
        rows.append(_source(translate("wizard", "rate before it"), rate, ""))
    if not rows:
        rows.append(_source(translate("wizard", "No head row could be read"), "", ""))
    return rows


def _source(name: str, value: str, age: str) -> Row:
    return Row((
        Cell(name, token=Token.TEXT_MUTED), Cell(value, bold=True, right=True),
        Cell(age, token=Token.TEXT_MUTED, right=True),
    ))  # fmt: skip


def entries_text(count: int) -> str:
    return counted(count, translate("wizard", "1 entry"), translate("wizard", "{n} entries"))
