"""Hashed addresses of static files."""

from wpm_platform.static_files import HashedFiles


def test_addresses_are_hashed_and_kept(tmp_path, settings):
    settings.DEBUG = False
    files = HashedFiles(location=str(tmp_path), base_url="/static/")
    (tmp_path / "style.css").write_text("body { color: black }")
    list(files.post_process({"style.css": (files, "style.css")}))
    address = files.url("style.css")
    assert address == f"/static/{files.stored_name('style.css')}" != "/static/style.css"
    assert files.url("style.css", force=True) == address
    files.hashed_files.clear()
    assert files.url("style.css") == address
