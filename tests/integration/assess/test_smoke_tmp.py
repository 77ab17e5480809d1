def test_x(cast):
    sub = cast.submitted(); a = cast.assignment(sub)
    who = "assessor" if a.assessor_id == cast.assessor.person_id else "second"
    c = cast.client(who)
    for u in ("/assess/", f"/assess/{a.token}/"):
        r = c.get(u); print(u, r.status_code); 
    print(c.post(f"/assess/{a.token}/accept").status_code)
    r = c.get(f"/assess/{a.token}/"); print(r.status_code); print(r.content.decode())
    print(c.get(f"/assess/{a.token}/send").status_code)
    print(cast.client("staff").get("/author/decisions/").status_code, cast.client("staff").get("/author/awards/").status_code, cast.client("earner").get("/account/profile/").status_code)
