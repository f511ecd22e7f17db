"""Files of an import: found, unpacked within bounds, the same one twice, broken and hostile ones."""

from __future__ import annotations

import zipfile

import pytest
from archives_made import gdelt_line, zipped

from detente.archives import Origin, files, import_files
from detente.errors import ArchiveError, UsageError


def test_the_same_file_twice_is_held_once(bring, archive):
    text = "\n".join(gdelt_line(GLOBALEVENTID=str(n)) for n in range(5))
    assert bring("gdelt", text).rows == bring("gdelt", text).rows == 5
    assert bring("gdelt", text, "under_another_name.csv").rows == 5
    assert (archive.counts("gdelt").rows, archive.counts("gdelt").files) == (5, 1)


def test_a_zipped_table_is_the_table(tmp_path, bring, folder, archive):
    text = gdelt_line() + "\n"
    bring("gdelt", text)
    imported = import_files(Origin.GDELT, [zipped(tmp_path / "a.zip", **{"x.export.CSV": text})], folder)
    assert (imported.rows, archive.counts("gdelt").files) == (1, 1)


def test_no_name_from_inside_a_zip_file_is_used(tmp_path, folder, rows_of):
    tables = {"../../out.csv": gdelt_line(), "/etc/x.tsv": gdelt_line(SQLDATE="20180101"), "readme.md": "no"}
    imported = import_files(Origin.GDELT, [zipped(tmp_path / "odd.zip", **tables)], folder)
    assert [part.name for part in imported.parts] == ["odd.zip", "odd.zip#2"]
    assert {row["source"] for row in rows_of("gdelt")} == {"odd.zip", "odd.zip#2"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "odd.zip"]


def test_a_folder_is_read_with_its_folders_in_order(tmp_path, folder):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "b.csv").write_text(gdelt_line(GLOBALEVENTID="1"))
    (tmp_path / "in" / "deep" / "c.CSV").write_text(gdelt_line(GLOBALEVENTID="2"))
    (tmp_path / "in" / ".hidden.csv").write_text(gdelt_line(GLOBALEVENTID="3"))
    (tmp_path / "in" / "notes.md").write_text("nothing")
    imported = import_files(Origin.GDELT, [tmp_path / "in"], folder)
    assert [part.name for part in imported.parts] == ["b.csv", "c.CSV"]


def test_a_zip_file_that_unpacks_without_end_is_stopped(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(files, "FREE", 1 << 20)
    bomb = zipped(tmp_path / "bomb.zip", **{"x.csv": (gdelt_line() + "\n") * 60_000})
    assert bomb.stat().st_size * files.LARGEST_RATIO < 60_000 * len(gdelt_line())
    (part,) = import_files(Origin.GDELT, [bomb], folder).parts
    assert "unpacks to more than" in part.trouble
    assert not list((folder / "gdelt").iterdir())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no more", b"plain text"])
def test_a_zip_file_that_is_none_is_told_and_the_others_are_read(tmp_path, folder, content):
    (tmp_path / "broken.zip").write_bytes(content)
    (tmp_path / "whole.csv").write_text(gdelt_line())
    imported = import_files(Origin.GDELT, [tmp_path / "broken.zip", tmp_path / "whole.csv"], folder)
    assert [bool(part.trouble) for part in imported.parts] == [True, False]
    assert imported.rows == 1


def test_a_zip_file_that_breaks_off_leaves_nothing(tmp_path, folder):
    path = zipped(
        tmp_path / "cut.zip", **{"x.csv": "\n".join(gdelt_line(GLOBALEVENTID=str(n)) for n in range(999))}
    )
    with zipfile.ZipFile(path) as archive:
        start = archive.infolist()[0].header_offset + 200
    held = bytearray(path.read_bytes())
    held[start : start + 400] = bytes(400)
    path.write_bytes(held)
    (part,) = import_files(Origin.GDELT, [path], folder).parts
    assert part.trouble
    assert not list((folder / "gdelt").iterdir())


def test_an_endless_line_is_cut_and_told_and_the_next_is_read(bring, rows_of):
    endless = "x" * (3 * files.LONGEST_LINE)
    (part,) = bring("gdelt", "\n".join([gdelt_line(), endless, gdelt_line(SQLDATE="20180401")])).parts
    assert (part.rows, [fault.line for fault in part.faults]) == (2, [2])
    assert [row["line"] for row in rows_of("gdelt")] == [1, 3]


def test_bytes_that_are_no_text_are_marked_and_stop_nothing(bring, rows_of):
    line = gdelt_line(Actor1Name="S?O\0 PAULO").encode().replace(b"?", b"\xc3")
    assert bring("gdelt", line + b"\r\n").rows == 1
    assert rows_of("gdelt")[0]["actor_name"] == "S\ufffdO PAULO"


def test_many_rows_keep_their_lines_over_the_pieces_they_are_read_in(bring, rows_of):
    lines = [gdelt_line(GLOBALEVENTID=str(n)) if n % 1000 else "odd" for n in range(1, 60_001)]
    (part,) = bring("gdelt", "\n".join(lines)).parts
    assert (part.rows, part.malformed) == (59_940, 60)
    assert [fault.line for fault in part.faults] == [n * 1000 for n in range(1, 21)]
    assert all(row["event"] == str(row["line"]) for row in rows_of("gdelt"))


def test_what_does_not_exist_is_a_usage_error(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "absent", tmp_path / "empty"):
        with pytest.raises(UsageError, match=path.name):
            import_files(Origin.GDELT, [path], folder)


def test_an_archive_that_cannot_be_written_is_an_archive_error(tmp_path, bring):
    (tmp_path / "archive").write_text("a file stands here")
    with pytest.raises(ArchiveError, match="archive"):
        bring("gdelt", gdelt_line())
