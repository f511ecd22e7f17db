"""Bad input ends in an issue or one clear line, and its neighbours are read."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = (
    "North Korea and Russia signed a treaty in Pyongyang on June 19, 2024.\n\n"
    "Russia vetoed a draft resolution of the United Nations Security Council on March 28, 2024.\n"
)


def detente(
    *arguments: str, stdin: bytes = b"", timeout: float = 240, **environment: str
) -> subprocess.CompletedProcess[str]:
    held = subprocess.run(
        [sys.executable, "-m", "detente", *arguments],
        input=stdin,
        capture_output=True,
        timeout=timeout,
        env={**os.environ, "DETENTE_CONFIG": os.devnull, **environment},
        check=False,
    )
    return subprocess.CompletedProcess(
        held.args, held.returncode, held.stdout.decode("utf-8"), held.stderr.decode("utf-8")
    )


def nasty_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a-good.txt").write_text(GOOD)
    (folder / "b-empty.txt").write_bytes(b"")
    (folder / "c-binary.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "d-truncated.html.gz").write_bytes(gzip.compress(b"<p>" + os.urandom(9000) + b"</p>")[:3000])
    (folder / "e-truncated.warc.gz").write_bytes(
        gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" * 99)[:60]
    )
    (folder / "f-invalid.txt").write_bytes(
        b"Pyongyang \xff\xfe\xfa said on Monday that it \xc3\x28 would not.\n" * 5
    )
    (folder / "g-wrong-charset.html").write_bytes(
        '<html><head><meta charset="utf-16"></head><body><p>Báo chí viết nhiều.</p></body></html>'.encode()
    )
    (folder / "h-deep.html").write_text("<div>" * 100_000 + "Deep words stand here." + "</div>" * 100_000)
    (folder / "i-broken.jsonl").write_text(
        json.dumps({"url": "https://one.example/a", "title": "One", "published": "2024-06-20", "text": GOOD})
        + '\n{"url": "https://one.example/b", "text": \n'
        + json.dumps(
            {
                "url": "https://one.example/c",
                "title": "Two",
                "published": "2024-06-21",
                "text": GOOD + "More.",
            }
        )
        + "\n"
    )
    (folder / "j-encrypted.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Encrypt 2 0 R>>\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>"
    )
    (folder / "k-not-a-feed.rss").write_text(
        "<html><body><p>This is no feed at all, only a page.</p></body></html>"
    )
    (folder / "l-null.txt").write_bytes(b"\x00\x00\x00 words \x00 and more words\n")
    (folder / "z-good.md").write_text("# Talks\n\n" + GOOD)
    return folder


def test_a_folder_of_bad_files_loses_none_of_its_good_ones(tmp_path: Path) -> None:
    folder, ledger = nasty_folder(tmp_path / "in"), str(tmp_path / "l.db")
    read = detente("read", str(folder), "--ledger", ledger, "--json", "--processes", "1")
    assert (read.returncode, "Traceback" in read.stderr) == (0, False), read.stderr
    listed = detente("list", "--record", "document", "--json", "--ledger", ledger, "--limit", "99").stdout
    addresses = " ".join(json.loads(line)["address"] for line in listed.splitlines())
    for good in ("a-good.txt", "one.example/a", "one.example/c", "z-good.md"):
        assert good in addresses
    issues = detente("issues", "--ledger", ledger).stdout
    for bad in ("b-empty", "c-binary", "d-truncated", "e-truncated", "i-broken", "j-encrypted"):
        assert bad in issues
    assert detente("verify", "--ledger", ledger).returncode == 0


def test_fifty_megabytes_on_one_line_end_in_an_issue(tmp_path: Path) -> None:
    (tmp_path / "long.jsonl").write_bytes(b'{"text": "' + b"a " * 25_000_000 + b'"}')
    (tmp_path / "long.txt").write_bytes(b"a " * 25_000_000)
    (tmp_path / "good.txt").write_text(GOOD)
    ledger = str(tmp_path / "l.db")
    target = str(tmp_path / "*.*")
    read = detente(
        "read", target, "--ledger", ledger, "--json", "--processes", "1", DETENTE_PAGE_SECONDS="10"
    )
    assert (read.returncode, "Traceback" in read.stderr) == (0, False), read.stderr
    assert "long" in detente("issues", "--ledger", ledger).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["brief", "--ledger", "{tmp}/none.db"], 3, "there is no ledger"),
        (["brief", "--ledger", "{tmp}/junk.db"], 3, "no ledger"),
        (["brief", "--about", "XYZ", "--ledger", "{tmp}/l.db"], 2, "--about XYZ"),
        (["brief", "--since", "yesterday", "--ledger", "{tmp}/l.db"], 2, "not a day"),
        (["show", "k123", "--ledger", "{tmp}/l.db"], 2, "there is no record"),
        (["decide", "confirm", "k123", "--ledger", "{tmp}/l.db"], 2, "k123"),
        (["code", "--input", "{tmp}/none.jsonl"], 2, "No such file"),
        (["read", "{tmp}/none.txt", "--model", "no_such_model", "--ledger", "{tmp}/l.db"], 4, "pip install"),
        (["export", "--record", "nonsense", "--ledger", "{tmp}/l.db"], 2, "known are"),
        (["list", "--held-at", "noon", "--ledger", "{tmp}/l.db"], 2, "not a time"),
    ],
)
def test_a_wrong_command_ends_in_one_line_and_its_code(
    tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    (tmp_path / "junk.db").write_bytes(b"this is not a database at all" * 40)
    (tmp_path / "a.txt").write_bytes(b"")
    assert detente("read", str(tmp_path / "a.txt"), "--ledger", str(tmp_path / "l.db")).returncode == 0
    done = detente(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_path_is_an_issue_and_its_neighbour_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    ledger = str(tmp_path / "l.db")
    done = detente(
        "read", str(tmp_path / "none.txt"), str(tmp_path / "good.txt"), "--ledger", ledger, "--json"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["pages"] == {"new": 1}
    assert "none.txt" in detente("issues", "--ledger", ledger).stdout


def test_a_broken_line_given_to_code_is_an_issue_on_its_own_line() -> None:
    lines = b'{"id": "a", "text": "Russia vetoed the draft."}\n{"id": \n{"id": "c", "text": ""}\n'
    rows = [json.loads(line) for line in detente("code", stdin=lines).stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "", "c"]
    assert [[issue["kind"] for issue in row["issues"]] for row in rows] == [[], ["malformed"], ["empty"]]
