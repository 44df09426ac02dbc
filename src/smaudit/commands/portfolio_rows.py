"""From the bytes of each of many sheets to its row; what is refused is told and is a row as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from smaudit.errors import NotReadable, Refused, SmauditError

if TYPE_CHECKING:
    from smaudit.commands.run import Run
    from smaudit.core.given import Given
    from smaudit.core.portfolio_answers import AnswerRow
    from smaudit.core.portfolio_row import Scoring, SheetRow
    from smaudit.core.questionnaire import Depth, Questionnaire
    from smaudit.core.subject import Subject
    from smaudit.files.many import Piece


class Made(NamedTuple):
    """The row of a sheet, and what it was made from; `subject` where it was assessed whole."""

    row: SheetRow
    shown: str
    scoring: Scoring | None = None
    given: Given | None = None
    subject: Subject | None = None
    line: int | None = None

    def answers(self) -> Iterator[AnswerRow]:
        """The rows of its answers."""
        from smaudit.core.portfolio_answers import answers_of

        return answers_of(self.row, self.scoring, self.given)


@dataclass(frozen=True)
class Maker:
    """What rows are made with: the questionnaire, the depth where one was asked for, and how much of it.

    steps      whether the first step of each is planned, which takes a hundred times as long as all else
    whole      whether each sheet is assessed whole, for gates and reports
    """

    run: Run
    questionnaire: Questionnaire
    depth: Depth | None = None
    steps: bool = False
    whole: bool = False
    anonymous: bool = False

    def made(self, piece: Piece, before_telling: Callable[[], object] = lambda: None) -> Made:
        """The row of a sheet. What cannot be read or is refused is told on standard error."""
        shown = self._shown(piece)
        try:
            if isinstance(piece.data, SmauditError):
                raise piece.data
            made = self._scored(piece.data, shown)
        except (Refused, NotReadable) as error:
            before_telling()
            self._tell(error, piece)
            made = Made(self._refused(error), shown)
        # A name that is no text, as file systems allow, is shown as near to it as text can be.
        file, key = (each.encode(errors="replace").decode() for each in (piece.file, shown))
        row = made.row._replace(file=file, line=piece.line, key=made.row.company_id or key)
        if self.anonymous:
            row = row._replace(file=None, line=None, key=None, company=None, company_id=None)
        return made._replace(row=row, line=piece.line)

    @staticmethod
    def _shown(piece: Piece) -> str:
        """The name of a sheet in messages: that of its file, and its line where that has several."""
        return piece.file if piece.line is None else f"{piece.file}:{piece.line}"

    def _scored(self, data: bytes, shown: str) -> Made:
        from smaudit.core.given import given
        from smaudit.core.portfolio_row import scored
        from smaudit.files.many import given_in

        if not (self.steps or self.whole):
            found = given_in(data, shown, self.questionnaire)
            scoring = scored(self.questionnaire, found, self.depth)
            return Made(scoring.row, shown, scoring, found)
        subject = self._subject(data, shown)
        found = given(subject.sheet, self.questionnaire)
        scoring = scored(self.questionnaire, found, self.depth)
        row = scoring.row
        if self.steps and subject.assessment.roadmap and subject.assessment.roadmap.steps:
            first = subject.assessment.roadmap.steps[0]
            row = row._replace(first_step=first.question, first_step_to=first.to)
        return Made(row, shown, scoring, found, subject)

    def _subject(self, data: bytes, shown: str) -> Subject:
        from smaudit.core.scoring import assess
        from smaudit.core.subject import Subject
        from smaudit.files.load import sheet_from
        from smaudit.planning.assess import assess as with_roadmap

        sheet = sheet_from(data, shown, self.questionnaire)
        if self.depth:
            sheet = sheet.with_depth(self.depth)
        scoring = with_roadmap if self.steps else assess
        return Subject(self.questionnaire, sheet, scoring(self.questionnaire, sheet))

    def _refused(self, error: SmauditError) -> SheetRow:
        from smaudit.core.portfolio_row import refused
        from smaudit.language import text
        from smaudit.language.error_text import first_problem, sentence

        phrases = self.run.phrases
        if isinstance(error, Refused):
            why = error.problems[0].message.phrase.partition(".")[2]
            message = text.plain(first_problem(error.problems[0], phrases))
            return refused("refused", why=why, problems=len(error.problems), message=message)
        why = error.message.phrase.partition(".")[2]
        return refused("unreadable", why=why, problems=0, message=text.plain(sentence(error, phrases)))

    def _tell(self, error: SmauditError, piece: Piece) -> None:
        from smaudit.language.error_text import error_lines

        if self.run.quiet:
            return
        if piece.line is not None and isinstance(error, Refused):
            # It is one line of its file: which one stands in its name.
            error = Refused(self._shown(piece), [each._replace(line=None) for each in error.problems], None)
        self.run.tell_lines(error_lines(error, self.run.phrases))
