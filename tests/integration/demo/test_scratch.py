import datetime as dt, pytest, resource
from touchstone.demo import load as loading
@pytest.mark.django_db
def test_door():
    loading.load(now=dt.datetime.now(tz=dt.UTC), progress=print)
    for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        r = resource.getrusage(w); print(w, r.ru_utime, r.ru_stime)
