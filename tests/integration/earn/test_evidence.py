"""Evidence: files looked at kindly, refused with a sentence, served only to their owner."""

import zipfile
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.integration.earn.conftest import JSON, MAKER, Desk, words_of
from touchstone.demo.evidence.lesson_plan import lesson_plan_docx
from touchstone.demo.evidence.photographs import classroom_photo_jpeg
from touchstone.demo.evidence.student_work import student_work_pdf
from touchstone.portfolio import actions

FRAGMENT = {"x-fragment": "1", "accept": "application/json"}


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return student_work_pdf(tmp_path / "our-work.pdf", maker=MAKER, title="Work", pages=[["We waited."]])


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_add_file_when_it_names_its_maker_then_tells_what_was_taken_out(blank: Desk, pdf: Path):
    answer = blank.upload(pdf)
    assert (answer.status_code, answer["Location"]) == (302, f"{blank.path}#at-recording")
    page = blank.page()
    assert "our-work.pdf" in page
    assert "things that could show who made it were taken out of the assessor’s copy" in page
    assert "Rosa Marchetti" in page
    assert "See the copy your assessor gets" in page


def test_add_file_when_asked_for_a_fragment_then_answers_the_pieces_alone(blank: Desk, pdf: Path):
    answer = blank.upload(pdf, headers=FRAGMENT)
    page = words_of(answer)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert "our-work.pdf" in page
    assert "<html" not in page
    assert "csrfmiddlewaretoken" in page


def test_add_file_when_several_are_chosen_then_takes_each(blank: Desk, pdf: Path, tmp_path: Path):
    photo = classroom_photo_jpeg(tmp_path / "class.jpg", maker=MAKER, heading="Wait")
    blank.upload([pdf, photo])
    assert [row.name for row in blank.artifacts()] == ["our-work.pdf", "class.jpg"]


def test_add_file_when_one_of_several_is_refused_then_keeps_the_others(blank: Desk, pdf: Path, tmp_path: Path):
    answer = blank.upload([written(tmp_path / "empty.pdf", b""), pdf])
    page = words_of(answer)
    assert answer.status_code == 400
    assert "“empty.pdf” was not added. This file is empty." in page
    assert [row.name for row in blank.artifacts()] == ["our-work.pdf"]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = [
    ("lesson.pdf", b"MZ\x90\x00" + b"\x00" * 200, "content is something else"),
    ("program.exe", b"MZ\x90\x00" + b"\x00" * 200, "Programs and scripts cannot be taken"),
    ("empty.docx", b"", "This file is empty"),
    ("drawing.svg", SVG, "SVG drawings cannot be taken"),
    ("drawing.png", SVG, "content is something else"),
    ("page.html", b"<!doctype html><script>alert(1)</script>", "Web pages and SVG"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD, ids=[row[0] for row in BAD])
def test_add_file_when_it_cannot_be_taken_then_names_it_and_says_why(
    draft: Desk, tmp_path: Path, name: str, content: bytes, sentence: str
):
    answer = draft.upload(written(tmp_path / name, content))
    page = words_of(answer)
    assert answer.status_code == 400
    assert f"“{name}” was not added." in page
    assert sentence in page
    assert len(draft.artifacts()) == 1
    told = draft.upload(tmp_path / name, headers=FRAGMENT)
    assert told.status_code == 400
    assert sentence in told.json()["error"]


def test_add_file_when_it_is_a_bomb_then_refuses_without_unpacking(blank: Desk, tmp_path: Path):
    plan = lesson_plan_docx(tmp_path / "plan.docx", maker=MAKER, title="Plan", paragraphs=["Wait."])
    with zipfile.ZipFile(plan, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"word/media/image{number}.png", b"\0" * 100_000_000)
    answer = blank.upload(plan)
    assert answer.status_code == 400
    assert "unpacks to far more than it should" in words_of(answer)
    assert not blank.artifacts()


def test_add_file_when_it_is_over_the_cap_then_says_the_cap(blank: Desk, pdf: Path, settings):
    settings.UPLOAD_CAP = 1000
    assert "too large: 1 kB is the most we can take" in words_of(blank.upload(pdf))


def test_add_file_when_the_slot_is_full_then_says_so(draft: Desk, pdf: Path):
    draft.upload(pdf)
    draft.upload(pdf)
    answer = draft.upload(pdf)
    assert answer.status_code == 400
    assert "At most 3 pieces fit here" in words_of(answer)
    assert len(draft.artifacts()) == 3


def test_add_file_when_none_is_chosen_then_says_so(draft: Desk):
    answer = draft.post("evidence/recording/file", {})
    assert answer.status_code == 400
    assert "No file arrived whole." in words_of(answer)


def test_add_file_when_the_upload_was_cut_off_then_keeps_only_what_came_whole(draft: Desk):
    part = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: text/plain\r\n\r\n%s'
    whole, half = part % (b"one.txt", b"All of it.\r\n"), part % (b"two.txt", b"Half of what I wr" * 9000)
    kind = "multipart/form-data; boundary=cut"
    answer = draft.client.post(f"{draft.path}evidence/recording/file", half, content_type=kind, headers=FRAGMENT)
    assert answer.status_code == 400
    assert "if the connection was cut, send the same one again" in answer.json()["error"]
    assert len(draft.artifacts()) == 1
    draft.client.post(f"{draft.path}evidence/recording/file", whole + half, content_type=kind)
    assert [row.name for row in draft.artifacts()][1:] == ["one.txt"]
    assert draft.answer().text


@pytest.mark.parametrize("path", ["file", "link", "text"])
def test_adding_when_the_slot_is_unknown_then_refuses(draft: Desk, pdf: Path, path: str):
    sent = {"url": "https://example.org/x", "text": "Words."}
    answer = draft.post(f"evidence/nothing/{path}", sent, headers=JSON)
    assert answer.status_code == 400
    assert "does not ask for such evidence" in answer.json()["error"]


def test_add_file_when_handed_in_already_then_refuses(sent: Desk, pdf: Path):
    answer = sent.upload(pdf, headers=FRAGMENT)
    assert answer.status_code == 409
    assert "handed in" in answer.json()["error"]
    assert sent.post("evidence/recording/file", {}).status_code == 409


def test_add_file_when_signed_out_then_says_which_to_send_again(draft: Desk, pdf: Path):
    draft.client.logout()
    answer = draft.upload(pdf)
    assert answer.status_code == 401
    assert "Send this file again: “our-work.pdf”." in words_of(answer)
    assert draft.upload(pdf, headers=FRAGMENT).status_code == 401
    assert len(draft.artifacts()) == 1


def test_add_link_when_it_is_one_then_lies_there(draft: Desk):
    draft.post("evidence/recording/link", {"url": " https://example.org/clip ", "name": "The clip"})
    assert (draft.artifacts()[-1].url, draft.artifacts()[-1].name) == ("https://example.org/clip", "The clip")
    assert 'href="https://example.org/clip"' in draft.page()


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "example", "https://", "http://[", "https://a.org/\0"])
def test_add_link_when_it_is_none_then_says_so_and_keeps_what_was_typed(draft: Desk, url: str):
    answer = draft.post("evidence/recording/link", {"url": url, "name": "Clip of Tuesday"})
    page = words_of(answer)
    assert answer.status_code == 400
    assert 'value="Clip of Tuesday"' in page
    assert 'id="recording_link_url_error"' in page
    assert len(draft.artifacts()) == 1


def test_add_text_when_written_then_can_be_read(draft: Desk):
    draft.post("evidence/recording/text", {"text": "Nine <b>spoke</b>.", "name": "Tally"})
    assert "Nine &lt;b&gt;spoke&lt;/b&gt;." in draft.page()


def test_add_text_when_too_long_then_shows_it_again_whole(draft: Desk):
    text = "x" * (actions.ANSWER_CAP + 1)
    answer = draft.post("evidence/recording/text", {"text": text, "name": "Tally"})
    assert answer.status_code == 400
    assert text in answer.content.decode()
    assert len(draft.artifacts()) == 1


def test_add_text_when_handed_in_already_then_shows_it_to_copy(sent: Desk):
    answer = sent.post("evidence/recording/text", {"text": "Late notes.", "name": "Tally"})
    assert answer.status_code == 409
    assert "Late notes.</textarea>" in words_of(answer)


def test_remove_when_pressed_twice_then_it_is_gone_once(draft: Desk):
    token = draft.artifacts()[0].token
    assert draft.post(f"evidence/{token}/remove").status_code == 302
    assert "was removed" in draft.page()
    assert draft.post(f"evidence/{token}/remove").status_code == 404
    assert not draft.artifacts()


def test_remove_when_it_is_somebody_elses_then_not_found(draft: Desk):
    token = draft.artifacts()[0].token
    assert draft.cast.client("colleague").post(f"{draft.path}evidence/{token}/remove").status_code == 404
    assert draft.artifacts()


@pytest.mark.parametrize("which", ["original", "blind"])
def test_artifact_when_it_is_hers_then_leads_to_a_signed_link(blank: Desk, pdf: Path, settings, which: str):
    blank.upload(pdf)
    answer = blank.client.get(f"{blank.path}evidence/{blank.artifacts()[0].token}/{which}")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{settings.MEDIA_ORIGIN}/media/")
    shown = blank.client.get(
        urlsplit(answer["Location"]).path, headers={"host": urlsplit(settings.MEDIA_ORIGIN).netloc}
    )
    content = shown.getvalue()
    assert content.startswith(b"%PDF-")
    assert (b"Marchetti" in content) == (which == "original")


def test_workspace_when_there_are_nine_pieces_then_asks_the_database_as_often_as_for_one(blank: Desk):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            blank.page()
        return len(seen)

    who = b.actor(blank.cast.earner)
    add = partial(actions.add_text, actor=who, token=blank.submission.token, slot="recording", now=b.NOW, text="Notes.")
    add(name="First")
    blank.page()
    one = count()
    for number in range(8):
        add(name=f"Piece {number}")
    assert count() == one


def test_artifact_when_it_is_not_there_or_not_hers_then_not_found(blank: Desk, pdf: Path):
    blank.upload(pdf)
    address = f"{blank.path}evidence/{blank.artifacts()[0].token}/"
    assert blank.cast.client("colleague").get(f"{address}original").status_code == 404
    assert blank.client.get(f"{address}preview").status_code == 404
    other = b.draft(blank.cast.earner, blank.cast.item)
    wrong_work = address.replace(blank.submission.token, other.token)
    assert blank.client.get(f"{wrong_work}original").status_code == 404
    text = Desk(blank.cast, other, blank.client).artifacts()[0].token
    assert blank.client.get(f"/earn/{other.token}/evidence/{text}/original").status_code == 404
    assert "/account/login/" in blank.cast.client("anonymous").get(f"{address}original")["Location"]
