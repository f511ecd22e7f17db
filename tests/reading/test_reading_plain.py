"""Plain text: stories as they are, and web pages saved with everything around them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from detente.model.documents import Genre, Hints, Page
from detente.model.text import BlockKind
from detente.reading import read
from detente.reading.line_shapes import Shape, is_caption, is_furniture, is_menu, opens_furniture, shape_line
from detente.reading.plain_text import unglue

RECEIVED = datetime(2026, 1, 15, tzinfo=UTC)
LONG = [
    "The foreign ministers of Laos and Cambodia signed an agreement on the use of the river on Monday, after nine months of talks.",
    "It allows both sides to measure the water at four places, and it obliges them to warn each other two days before a dam is opened.",
    "Fishermen on the Cambodian side had complained for years that floods came without notice, although treaties of 1995 forbid them.",
    "The Lao minister called the agreement a model for the region, and his guest said that it would be judged by the next rainy season.",
]
SHORT = "Nobody was hurt."


def read_plain(*lines, title="", address="file:///saved/page.txt"):
    page = Page(address, "\n".join(lines).encode(), "text/plain", RECEIVED, hints=Hints(title=title))
    return read(page)


def kinds(rendition):
    return [(block.kind.value, rendition.text[block.start : block.end]) for block in rendition.blocks]


def chrome(rendition):
    return [words for kind, words in kinds(rendition) if kind == "chrome"]


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        (LONG[0], Shape.PROSE),
        (SHORT, Shape.SHORT),
        ("A river is shared", Shape.STUB),
        ("Vientiane, 3 March 2025", Shape.DATE),
        ("By A. Writer | 3 March 2025 09:00 UTC", Shape.DATE),
        (
            "On 3 March 2025 the ministers met and signed the agreement they had spoken of for so long.",
            Shape.PROSE,
        ),
        ("17", Shape.FURNITURE),
        ("Home | World | Sport", Shape.FURNITURE),
        ("Related stories", Shape.END),
        ("Comments (12)", Shape.END),
        ("Bình luận (3)", Shape.END),
        ("관련 기사", Shape.END),
        ("Comments by the minister", Shape.STUB),
        ("- the river and all its branches", Shape.SHORT),
        ("The dam seen from the east bank. Photo: B. Author", Shape.CAPTION),
    ],
)
def test_a_line_is_told_by_its_shape(line, shape):
    assert shape_line(line, 0).shape is shape


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Two ministers shake hands in Vientiane. (Source: River News)", True),
        ("Hai bộ trưởng bắt tay tại Viêng Chăn ngày 3/3. Ảnh: TTXVN", True),
        ("Two ministers shake hands in Vientiane on March 3 / River News", True),
        ("Two ministers shake hands in Vientiane. Photo by B. Author", True),
        ("(Photo) Two ministers shake hands", True),
        ("He answered with one word: Never.", False),
        ("The ministers signed the paper. (photos attached)", False),
        ("The source said the dam would open in May.", False),
        ("They opened and/or closed the gates", False),
        ("He called it a trap. She did not: Nobody asked her.", False),
    ],
)
def test_a_caption_ends_in_a_credit(line, expected):
    assert is_caption(line) is expected


@pytest.mark.parametrize("line", ["Share this article", "© 2025 River News", "Advertisement", "All rights reserved.", "Sign up for free", "Skip to main content", "3 min read", "Read more", "No comments yet", "-0-"])  # fmt: skip
def test_furniture_is_known_by_its_words(line):
    assert is_furniture(line) or opens_furniture(line)


@pytest.mark.parametrize("line", ["The two sides share this river.", "He copied the text.", "Print runs fell by half last year.", "A leading advertisement firm closed.", "More talks are planned.", "Comment is free, he said."])  # fmt: skip
def test_a_sentence_with_such_words_is_not_furniture(line):
    assert not is_furniture(line)
    assert not opens_furniture(line)
    assert not is_menu(line)


def test_a_bare_story_keeps_every_line():
    rendition = read_plain(*LONG, SHORT, title="River agreement signed")
    assert kinds(rendition) == [
        ("heading", "River agreement signed"),
        *[("body", line) for line in (*LONG, SHORT)],
    ]


def test_a_title_the_text_repeats_is_not_written_twice():
    rendition = read_plain("River agreement signed", *LONG, title="River agreement signed")
    assert [words for kind, words in kinds(rendition) if kind == "heading"] == ["River agreement signed"]


def test_a_saved_page_loses_menu_comments_and_related_stories():
    related = [
        "Dam gates open early as rains begin",
        "Thai fishermen find record catfish",
        "Bridge at border closed for repairs",
    ]
    rendition = read_plain(
        "Home", "World", "Business", "Sport", "", "River agreement signed after nine months", "", "3 March 2025", "",
        LONG[0], "", LONG[1], "", "What the neighbours say", "", LONG[2], "", LONG[3], "", "", "Leave a reply", "",
        "somchai", "I do not believe a word of what the ministers have written there, they never told us anything before.",
        "Reply", "", *related,
    )  # fmt: skip
    shown = [(kind, words) for kind, words in kinds(rendition) if kind != "chrome"]
    assert shown == [
        ("heading", "River agreement signed after nine months"),
        ("body", LONG[0]),
        ("body", LONG[1]),
        ("heading", "What the neighbours say"),
        ("body", LONG[2]),
        ("body", LONG[3]),
    ]
    assert rendition.metadata.title == "River agreement signed after nine months"
    assert rendition.metadata.published.edtf == "2025-03-03"


def test_the_tail_is_told_by_shape_where_no_word_gives_it_away():
    tail = [
        "Zorbel",
        "Wumpa",
        "Klee flim",
        "",
        "Catfish of record size is caught near the northern gate at dawn",
    ]
    rendition = read_plain("River agreement signed after nine months", "", *LONG, "", "", *tail)
    assert [words for words in tail if words] == chrome(rendition)


def test_one_heading_between_paragraphs_does_not_end_the_article():
    rendition = read_plain(LONG[0], "", "A second look", "", LONG[1], "", LONG[2])
    assert ("heading", "A second look") in kinds(rendition)
    assert chrome(rendition) == []


def test_a_list_after_a_colon_is_text():
    rendition = read_plain(
        LONG[0], "The agreement names three places:", "Luang Prabang", "Pakse", "Kratie", LONG[1]
    )
    assert chrome(rendition) == []
    assert ("body", "Pakse") in kinds(rendition)


def test_a_breadcrumb_that_ends_in_the_title_is_chrome():
    title = "River agreement signed after nine months"
    rendition = read_plain(f"Home Asia {title}", "", title, "", *LONG)
    assert kinds(rendition)[:2] == [("chrome", f"Home Asia {title}"), ("heading", title)]
    assert rendition.metadata.title == title


def test_a_caption_printed_twice_is_a_caption_twice():
    caption = "Two ministers with their pens in a hall in Vientiane"
    rendition = read_plain(LONG[0], "", caption, caption, "", LONG[1], LONG[2])
    assert [words for kind, words in kinds(rendition) if kind == "caption"] == [caption, caption]


def test_hard_wrapped_lines_become_paragraphs():
    wrapped = []
    for paragraph in LONG:
        words, line = paragraph.split(), ""
        for word in words:
            if len(line) + len(word) > 70:
                wrapped.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        wrapped += [line, ""]
    assert kinds(read_plain(*wrapped)) == [("body", paragraph) for paragraph in LONG]


def test_a_doubled_name_beside_a_date_is_the_house_when_it_is_one():
    rendition = read_plain("River agreement signed at last", "", "VnExpressVnExpress03/04/2025", "", *LONG)
    assert rendition.metadata.publisher == "VnExpress"
    assert rendition.metadata.published.edtf == "2025-04-03"


def test_a_doubled_name_nobody_knows_is_no_house():
    rendition = read_plain("River agreement signed at last", "", "Ann WriterAnn Writer13/04/2025", "", *LONG)
    assert rendition.metadata.publisher == ""


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("ComradeKim Jong Unsent a message", "Comrade Kim Jong Un sent a message"),
        ("of PresidentKim Il Sungand others", "of President Kim Il Sung and others"),
        ("portraits of President\nKim Il Sung and others", "portraits of President Kim Il Sung and others"),
        ("The Respected Leader\nKim Jong Un went home.", "The Respected Leader\nKim Jong Un went home."),
        ("A visit ends\nKim Jong Un went home.", "A visit ends\nKim Jong Un went home."),
        ("Kim Jong Un's visit", "Kim Jong Un's visit"),
        ("Kim Il Sung University", "Kim Il Sung University"),
        ("Kim Jong Unit", "Kim Jong Un it"),
    ],
)
def test_names_in_bold_are_set_apart_from_their_neighbours(glued, apart):
    assert unglue(glued) == apart


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("A crime without end: KCNA Commentary", Genre.COMMENTARY),
        ("Press Statement of Foreign Ministry Spokesperson", Genre.STATEMENT),
        ("Statement by the ministers of three states", Genre.STATEMENT),
        ("Opinion: Why the river matters", Genre.COMMENTARY),
        ("Interview with the minister", Genre.INTERVIEW),
        ("Ministers read a statement", Genre.UNKNOWN),
        ("River agreement signed", Genre.UNKNOWN),
    ],
)
def test_genre_is_what_the_title_says_of_itself(title, genre):
    assert read_plain(*LONG, title=title).metadata.genre is genre


def test_a_dispatch_with_dateline_and_agency_is_news():
    assert read_plain("SEOUL (Yonhap) -- " + LONG[0], *LONG[1:], title="River").metadata.genre is Genre.NEWS


def test_blocks_in_another_language_are_marked():
    vietnamese = "Hai nước Lào và Campuchia đã ký thỏa thuận về việc sử dụng dòng sông sau chín tháng đàm phán căng thẳng."
    rendition = read_plain(*LONG, vietnamese)
    assert [block.language for block in rendition.blocks] == ["en"] * 4 + ["vi"]
    assert rendition.metadata.language == "en"


def test_a_block_too_short_to_tell_has_no_language():
    rendition = read_plain(*LONG, SHORT)
    assert rendition.blocks[-1].language is None
    assert rendition.blocks[-1].kind is BlockKind.BODY
