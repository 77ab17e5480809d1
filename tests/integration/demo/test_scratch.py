import datetime as dt, pytest, cProfile, pstats
from touchstone.demo import load as loading
@pytest.mark.django_db
def test_door():
    p = cProfile.Profile(); p.enable()
    loading.load(now=dt.datetime.now(tz=dt.UTC), progress=print)
    p.disable(); s = pstats.Stats(p); s.sort_stats("cumulative").print_stats(r"touchstone|evidence|ffmpeg|subprocess", 70); s.sort_stats("tottime").print_stats(25)
