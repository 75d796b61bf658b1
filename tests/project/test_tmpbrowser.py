from playwright.sync_api import Page
from tests.factories import RoleFactory, EditorFactory
def test_page(page: Page, live_server, transactional_db):
    RoleFactory(title="Product TPM")
    EditorFactory(username="ed", password="right-password-1")
    page.goto(live_server.url + "/roles/")
    assert "Product TPM" in page.content()
    page.goto(live_server.url + "/admin/")
    page.fill("#id_username","ed"); page.fill("#id_password","right-password-1"); page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    assert "Roles" in page.content()
