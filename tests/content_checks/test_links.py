"""Links between pages lead to rows of the pack, or to pages that are always there."""

from pathlib import Path

from tests.content_checks.checked import faults
from tests.pack_files import Pack


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    pack = Pack(tmp_path).with_skill()
    pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n").write(
        "levels/tpm/senior.md", "---\ntitle: Senior\n---\n"
    )
    sound = (
        "/skills/risk/ /ladders/tpm/ /ladders/tpm/senior/ /ladders/bands/ /interviews/ "
        "/skills/#top".split()
    )
    broken = ["/skills/none/", "/ladders/tpm/none/", "/nowhere/", "/roles/risk/"]
    pack.write(
        "guides/a.md",
        "---\ntitle: A\n---\n" + "".join(f"[here]({path}) " for path in [*sound, *broken]),
    )
    assert faults(pack, "internal-links") == [
        f"guides/a.md: links to {path}, which is not there" for path in broken
    ]
