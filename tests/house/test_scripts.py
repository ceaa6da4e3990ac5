"""Scripts that belong together: modules under the names of their release, and a protocol for each host we frame."""

import shutil
from pathlib import Path

from django.conf import settings

from config.storage import StaticFiles

SCRIPTS = Path(settings.BASE_DIR) / "site" / "static" / "js"


def test_modules_import_each_other_by_the_names_that_browsers_keep(tmp_path):
    shutil.copytree(SCRIPTS, tmp_path / "js")
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    paths = {f"js/{script.name}": (storage, f"js/{script.name}") for script in (tmp_path / "js").iterdir()}
    hashed = {name: new for name, new, _ in storage.post_process(paths) if new.endswith(".js")}
    entry = (tmp_path / hashed["js/site.js"]).read_text()
    assert f'import"./{Path(hashed["js/recording.js"]).name}"' in entry


def test_each_host_that_may_be_framed_is_spoken_to():
    services = (SCRIPTS / "services.js").read_text()
    assert [host for host in settings.SECURE_CSP["frame-src"] if f'origin: "{host}"' not in services] == []
