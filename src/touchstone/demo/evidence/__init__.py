"""Makes the demonstration's evidence: real, small files that carry the traces real files carry.

The same facts give the same bytes (with the same versions of the libraries).
"""

from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.lesson_plan import lesson_plan_docx
from touchstone.demo.evidence.notes import notes_txt
from touchstone.demo.evidence.photographs import classroom_photo_jpeg, photo_heic, photo_png, photo_webp
from touchstone.demo.evidence.recordings import (
    discussion_audio_m4a,
    discussion_audio_mp3,
    discussion_audio_ogg,
    discussion_audio_wav,
    teaching_clip_mov,
    teaching_clip_mp4,
    teaching_clip_webm,
)
from touchstone.demo.evidence.results import results_xlsx
from touchstone.demo.evidence.scenes import student_page, whiteboard
from touchstone.demo.evidence.slides import Slide, slides_pptx
from touchstone.demo.evidence.student_work import student_work_pdf

__all__ = [
    "Maker",
    "Slide",
    "classroom_photo_jpeg",
    "discussion_audio_m4a",
    "discussion_audio_mp3",
    "discussion_audio_ogg",
    "discussion_audio_wav",
    "lesson_plan_docx",
    "notes_txt",
    "photo_heic",
    "photo_png",
    "photo_webp",
    "results_xlsx",
    "slides_pptx",
    "student_page",
    "student_work_pdf",
    "teaching_clip_mov",
    "teaching_clip_mp4",
    "teaching_clip_webm",
    "whiteboard",
]
