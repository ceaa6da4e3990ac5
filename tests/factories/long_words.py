"""Names and texts as long, and in as many scripts, as anybody may bring."""

from itertools import cycle, islice

PLACE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
# What stands in for a name; the longest word has no place to break.
NAMES = (
    "Professor Dame Wilhelmina Featherstonehaugh-Cholmondeley of the Humber Ports Authority",
    f"{PLACE}{PLACE}",
    "عبد الرحمن بن محمد بن عبد العزيز آل الشيخ من المركز الوطني للبيانات والإحصاء والمعلومات",
    "דוקטור אברהם בן־שלמה הלוי מן הלשכה המרכזית לסטטיסטיקה",
    "Siân Llinos Gwenllian ferch Llywelyn o Gyngor Bwrdeistref Sirol Rhondda Cynon Taf",
    "総務省統計局統計データ公開推進課課長補佐佐藤山田太郎左衛門",
    "👩🏽‍💻 Robyn O’Shea-Núñez 🏴󠁧󠁢󠁷󠁬󠁳󠁿 <b>&amp;</b> “Bobby”",
    "Bo",
)
TITLES = (
    "What we learnt when we joined the registers of every harbour, lighthouse and lifeboat station in these islands, "
    "and why nobody had thought of asking the people who keep them how often the tide comes in",
    f"{PLACE}/{PLACE}_{PLACE}?{PLACE}",
    "كيف نعد المد والجزر في كل ميناء، ولماذا لا يقيسهما أحد، وما الذي تعلمناه من حراس المنارات",
    "איך סופרים את הגאות והשפל בכל נמל, ולמה אף אחד לא מודד אותם",
    "Sut yr ydym yn cyfrif y llanw ym mhob harbwr yng Nghymru, a pham nad oes neb yn ei fesur",
    "全国の港湾・灯台・救命艇基地の台帳を一つにまとめたときに私たちが学んだこと、そして誰も潮の満ち引きを測らない理由",
    "🌊🌊🌊 <script>alert(“tides”)</script> & other stories 🌊🌊🌊",
    "Mud",
)
SENTENCES = (
    "We asked every keeper of a register what they would change first.",
    "Nobody had counted the steps between a question and its answer.",
    "The tide comes twice a day, and the form was printed once a year.",
    f"One of them keeps {PLACE}, and says so.",
    "يأتي المد مرتين في اليوم.",
    "הגאות באה פעמיים ביום.",
    "Daw’r llanw ddwywaith y dydd.",
    "潮は一日に二度満ちる。",
)
ADDRESS = "https://data.harbours.example/" + "a-very-long-path-to-a-dataset/" * 14


def words(count: int) -> str:
    """About so many words, in sentences."""
    sentences: list[str] = []
    for sentence in cycle(SENTENCES):
        sentences.append(sentence)
        count -= len(sentence.split())
        if count <= 0:
            return " ".join(sentences)
    raise AssertionError


def prose(count: int) -> str:
    """So many words as rich text: paragraphs, a list and a long link."""
    paragraph = f"<p>{words(min(count, 120))}</p>"
    listed = f'<ul><li>{PLACE * 3}</li><li><a href="{ADDRESS}">{ADDRESS}</a></li><li>{words(20)}</li></ul>'
    return paragraph + listed + paragraph * max(0, count // 120 - 1)


def in_turn(things: tuple[str, ...], count: int) -> list[str]:
    """So many of them, beginning again as often as it takes."""
    return list(islice(cycle(things), count))
