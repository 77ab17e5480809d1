import datetime as dt, json, pytest
from touchstone.demo import load as loading
NOW = dt.datetime.now(tz=dt.UTC)
@pytest.mark.django_db
def test_door(client):
    loading.load(now=NOW, progress=print)
    r = client.get("/demo.json"); print(r.status_code, r.content.decode()[-3000:])
    r = client.get("/demo/"); print(r.status_code)
    r = client.get("/demo/sign-in/marisol"); print(r.status_code, r.headers.get("Location"))
    r = client.get("/demo/mail/"); print(r.status_code, len(r.content))
