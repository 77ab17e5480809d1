"""The wall around the decoders: answers come through, and what hangs or dies is a refusal."""

import time

import pytest

from tests.unit.core.media.planted import PLANTED
from tests.unit.core.media.traces import traces
from touchstone.core.media import BrokenFile, FileTooLarge, KindNotAccepted, apart, inspect, make_blind_copy


@pytest.mark.parametrize("ending", ["docx", "heic", "mp4", "pdf"])
def test_apart_when_a_file_is_fine_then_the_answer_is_the_same(ending, made, tmp_path):
    source = made[ending]
    seen, told = apart.copy_apart(source, tmp_path / "a", name=source.name, max_bytes=10_000_000)
    assert seen == inspect(source, name=source.name, max_bytes=10_000_000)
    assert told == make_blind_copy(source, tmp_path / "b", seen)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert traces(tmp_path / "a", PLANTED) == set()


def test_apart_when_a_file_is_refused_then_the_refusal_comes_through_and_no_copy(made, tmp_path):
    with pytest.raises(FileTooLarge, match="1 kB"):
        apart.copy_apart(made["pdf"], tmp_path / "out", name="a.pdf", max_bytes=1_000)
    (tmp_path / "a.svg").write_text("<svg/>")
    with pytest.raises(KindNotAccepted, match="SVG"):
        apart.copy_apart(tmp_path / "a.svg", tmp_path / "out", name="a.svg", max_bytes=1_000)
    assert not (tmp_path / "out").exists()


def test_apart_when_time_is_up_then_broken_and_no_copy(made, tmp_path, monkeypatch):
    """A child that sleeps before it begins stands for a decoder that never returns."""
    (tmp_path / "sitecustomize.py").write_text("import time; time.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    began = time.monotonic()
    with pytest.raises(BrokenFile, match="too long"):
        apart.copy_apart(made["pdf"], tmp_path / "out", name="a.pdf", max_bytes=1_000_000, seconds=1)
    assert time.monotonic() - began < 10
    assert not (tmp_path / "out").exists()


def test_apart_when_memory_runs_out_then_broken(tmp_path):
    """A text file as large as the wall allows cannot be read whole."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.write(b"words ")
        stream.truncate(apart.MEMORY + 1)
    with pytest.raises(BrokenFile):
        apart.copy_apart(path, tmp_path / "out", name="huge.txt", max_bytes=apart.MEMORY * 2)
