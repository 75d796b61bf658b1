import pytest, time
from tests.project.test_queries import SURFACES, asked
from tests.project.growth import grow
from tests.project.world import make_world
@pytest.mark.django_db
def test_x(client):
    w=make_world()
    t=time.process_time(); grow(w,2); print('grow 2', time.process_time()-t)
    t=time.process_time(); grow(w,297); print('grow 297', time.process_time()-t)
    for n,a in SURFACES.items():
        t=time.process_time(); q=asked(a(w)); print(f"{n:60} {len(q)} {time.process_time()-t:.2f}")
