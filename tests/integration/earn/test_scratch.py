from tests.integration.earn.conftest import *
def test_x(earned):
    print(earned.page()[3000:9000])
@pytest.mark.parametrize("n",[10,70000,200000, 3000000])
def test_cut(draft, n):
    body = (
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="notes.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + b"word "*n
    )
    from django.test import RequestFactory
    r=RequestFactory().post("/", body, content_type="multipart/form-data; boundary=cut")
    print(n, r.POST, [(f.name,f.size) for f in r.FILES.getlist("file")])
