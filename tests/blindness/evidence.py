"""Real files that carry the traces real files carry: who made them, where, with what, under which name."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests import builders as b
from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.lesson_plan import lesson_plan_docx
from touchstone.demo.evidence.photographs import classroom_photo_jpeg, photo_png
from touchstone.demo.evidence.recordings import discussion_audio_mp3
from touchstone.demo.evidence.results import results_xlsx
from touchstone.demo.evidence.slides import Slide, slides_pptx
from touchstone.demo.evidence.student_work import student_work_pdf
from touchstone.kit.actor import Actor
from touchstone.people.models import Person
from touchstone.portfolio import intake

type Make = Callable[[Path, Maker], Path]
type Files = Sequence[tuple[str, Make]]

NICKNAME = "Zuzzamarch"
SERIAL = "QX77SERIAL31"


def maker_of(person: Person) -> Maker:
    """What the files of a person carry besides their content."""
    return Maker(name=person.name, organisation="Maple School", colleague="Ines Calloway", camera_serial=SERIAL)


def _plan(path: Path, maker: Maker) -> Path:
    text = ["# Ask and wait", "Three seconds."]
    return lesson_plan_docx(path, maker=maker, title="Plan", paragraphs=text, added="Wait.", comment="Longer?")


def _pages(path: Path, maker: Maker) -> Path:
    return student_work_pdf(path, maker=maker, title="Work", pages=[["We waited."]], comment="Good.")


def _photo(path: Path, maker: Maker) -> Path:
    return classroom_photo_jpeg(path, maker=maker, heading="Wait")


def _screen(path: Path, maker: Maker) -> Path:
    return photo_png(path, maker=maker, heading="Wait")


def _counts(path: Path, maker: Maker) -> Path:
    return results_xlsx(path, maker=maker, title="Counts", header=["spoke"], rows=[[9]], comment="More?")


def _deck(path: Path, maker: Maker) -> Path:
    return slides_pptx(path, maker=maker, title="Deck", slides=[Slide("Wait", ["Three seconds"])])


def _sound(path: Path, maker: Maker) -> Path:
    return discussion_audio_mp3(path, maker=maker, title="Talk", seconds=1)


SOME: Files = ((f"{NICKNAME}_plan.docx", _plan), (f"{NICKNAME}_work.pdf", _pages), (f"IMG_{NICKNAME}.jpg", _photo))
ALL: Files = (
    *SOME,
    (f"{NICKNAME}_screen.png", _screen),
    (f"{NICKNAME}_counts.xlsx", _counts),
    (f"{NICKNAME}_deck.pptx", _deck),
    (f"{NICKNAME}_talk.mp3", _sound),
)


def hand_in(actor: Actor, token: str, person: Person, files: Files, folder: Path) -> None:
    """Put the files into the draft as its earner would."""
    for name, make in files:
        path = make(folder / name, maker_of(person))
        intake.add_file(actor=actor, token=token, slot="recording", name=name, path=path, now=b.NOW)
