"""The wall around the decoders: answers come through, and what hangs or dies is a refusal."""

import os
import time

import pytest

from tests.unit.core.media.planted import PLANTED
from tests.unit.core.media.traces import traces
from touchstone.core.media import BrokenFile, FileTooLarge, KindNotAccepted, apart, inspect, make_blind_copy


@pytest.mark.parametrize("ending", ["docx", "heic", "mp4", "pdf"])
def test_apart_when_a_file_is_fine_then_the_answer_is_the_same(ending, made, tmp_path):
    source = made[ending]
    seen = apart.inspect_apart(source, name=source.name, max_bytes=10_000_000)
    assert seen == inspect(source, name=source.name, max_bytes=10_000_000)
    told = apart.make_blind_copy_apart(source, tmp_path / "a", seen)
    assert told == make_blind_copy(source, tmp_path / "b", seen)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert traces(tmp_path / "a", PLANTED) == set()


def test_apart_when_a_file_is_refused_then_the_refusal_comes_through(made, tmp_path):
    with pytest.raises(FileTooLarge, match="1 kB"):
        apart.inspect_apart(made["pdf"], name="a.pdf", max_bytes=1_000)
    (tmp_path / "a.svg").write_text("<svg/>")
    with pytest.raises(KindNotAccepted, match="SVG"):
        apart.inspect_apart(tmp_path / "a.svg", name="a.svg", max_bytes=1_000)


def test_apart_when_time_is_up_then_broken_and_no_copy(made, tmp_path, monkeypatch):
    """A pipe that nobody writes to stands for a decoder that never returns."""
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    seen = inspect(made["pdf"], name="a.pdf", max_bytes=10_000_000)
    began = time.monotonic()
    with pytest.raises(BrokenFile, match="too long"):
        apart.make_blind_copy_apart(pipe, tmp_path / "out", seen, seconds=1)
    assert time.monotonic() - began < 10
    assert not (tmp_path / "out").exists()


def test_apart_when_memory_runs_out_then_broken(made, tmp_path, monkeypatch):
    """A text file as large as the wall allows cannot be read whole."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.write(b"words ")
        stream.truncate(apart.MEMORY + 1)
    with pytest.raises(BrokenFile):
        apart.inspect_apart(path, name="huge.txt", max_bytes=apart.MEMORY * 2)
