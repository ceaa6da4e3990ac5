"""Which addresses can be played in a page, and what is made of them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from events.players import host_name, parse, seconds_of

KEY = "aB3-_fGh1jK"
YOUTUBE = f"https://www.youtube-nocookie.com/embed/{KEY}?autoplay=1&rel=0"
VIMEO = "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"
UNLISTED = "https://player.vimeo.com/video/123456789?h=abcdef0123&autoplay=1&dnt=1"
SOUNDCLOUD = (
    "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fan-evening%2Fsixty"
    "&auto_play=true&show_teaser=false"
)


PLAYED = [
    (f"https://www.youtube.com/watch?v={KEY}", YOUTUBE),
    (f"http://youtube.com/watch?v={KEY}", YOUTUBE),
    (f"  https://m.youtube.com/watch?app=desktop&v={KEY}&list=PLx&index=2  ", YOUTUBE),
    (f"https://music.youtube.com/watch?v={KEY}", YOUTUBE),
    (f"https://www.youtube.com/watch/{KEY}", YOUTUBE),
    (f"https://youtu.be/{KEY}", YOUTUBE),
    (f"https://youtu.be/{KEY}?si=tracked", YOUTUBE),
    (f"https://www.youtube.com/live/{KEY}?feature=share", YOUTUBE),
    (f"https://www.youtube.com/embed/{KEY}?rel=0", YOUTUBE),
    (f"https://www.youtube-nocookie.com/embed/{KEY}", YOUTUBE),
    (f"https://www.youtube.com/shorts/{KEY}", YOUTUBE),
    (f"https://WWW.YouTube.com./v/{KEY}", YOUTUBE),
    (f"https://youtu.be/{KEY}?t=90", f"{YOUTUBE}&start=90"),
    (f"https://www.youtube.com/watch?v={KEY}&t=1h1m31s", f"{YOUTUBE}&start=3691"),
    (f"https://www.youtube.com/embed/{KEY}?start=15", f"{YOUTUBE}&start=15"),
    (f"https://www.youtube.com/watch?v={KEY}#t=2m", f"{YOUTUBE}&start=120"),
    ("https://vimeo.com/123456789", VIMEO),
    ("https://www.vimeo.com/123456789?share=copy", VIMEO),
    ("https://vimeo.com/channels/staff/123456789", VIMEO),
    ("https://vimeo.com/channels/987654/123456789", VIMEO),
    ("https://vimeo.com/groups/1234/videos/123456789", VIMEO),
    ("https://vimeo.com/showcase/7654321/video/123456789", VIMEO),
    ("https://player.vimeo.com/video/123456789", VIMEO),
    ("https://vimeo.com/123456789/abcdef0123", UNLISTED),
    ("https://vimeo.com/manage/videos/123456789/abcdef0123", UNLISTED),
    ("https://player.vimeo.com/video/123456789?h=abcdef0123", UNLISTED),
    ("https://vimeo.com/123456789/abcdef0123#t=1m5s", f"{UNLISTED}#t=65s"),
    ("https://soundcloud.com/an-evening/sixty", SOUNDCLOUD),
    ("https://m.soundcloud.com/an-evening/sixty?utm_source=mobi", SOUNDCLOUD),
    ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/an-evening/sixty&color=ff5500", SOUNDCLOUD),
    (
        "https://soundcloud.com/an-evening/sets/byte/s-aB3dE",
        SOUNDCLOUD.replace("sixty", "sets%2Fbyte%2Fs-aB3dE"),
    ),
    ("https://soundcloud.com/an-evening/sixty#t=1:05", SOUNDCLOUD.replace("sixty", "sixty%23t%3D1%3A05")),
]


@pytest.mark.parametrize(("address", "embed"), PLAYED)
def test_recording_is_played_from_its_platform(address, embed):
    assert parse(address).embed_url() == embed


@pytest.mark.parametrize(
    ("address", "platform", "watch", "embed"),
    [
        (
            f"https://youtu.be/{KEY}?t=7",
            "YouTube",
            f"https://www.youtube.com/watch?v={KEY}&t=553s",
            f"{YOUTUBE}&start=553",
        ),
        (
            "https://vimeo.com/123456789/abcdef0123",
            "Vimeo",
            "https://vimeo.com/123456789/abcdef0123#t=553s",
            f"{UNLISTED}#t=553s",
        ),
        (
            "https://soundcloud.com/an-evening/sixty",
            "SoundCloud",
            "https://soundcloud.com/an-evening/sixty#t=9:13",
            SOUNDCLOUD.replace("sixty", "sixty%23t%3D9%3A13"),
        ),
    ],
)
def test_start_second_is_said_as_the_platform_wants_it(address, platform, watch, embed):
    player = parse(address)
    assert (player.platform, player.watch_url(553), player.embed_url(553)) == (platform, watch, embed)


def test_second_of_the_address_holds_until_another_is_asked_for():
    player = parse(f"https://youtu.be/{KEY}?t=7")
    page = f"https://www.youtube.com/watch?v={KEY}"
    assert [player.watch_url(), player.watch_url(0), player.watch_url(-3)] == [f"{page}&t=7s", page, page]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not an address",
        f"youtube.com/watch?v={KEY}",
        f"ftp://youtube.com/watch?v={KEY}",
        f"javascript:alert('https://youtu.be/{KEY}')",
        f"https://youtube.com.example.org/watch?v={KEY}",
        f"https://youtube.com@example.org/watch?v={KEY}",
        f"https://youtube.com:8443/watch?v={KEY}",
        f"https://youtube.com:port/watch?v={KEY}",
        f"https://[youtube.com/watch?v={KEY}",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/watch?v={KEY}extra",
        f"https://www.youtube.com/watch?v={KEY[:-1]}%22",
        "https://www.youtube.com/playlist?list=PLabc",
        "https://www.youtube.com/@somebody",
        f"https://www.youtube.com/watch?v={KEY}" + "&a=1" * 800,
        "https://youtu.be/",
        "https://vimeo.com/somebody",
        "https://vimeo.com/event/1234567",
        "https://vimeo.com/showcase/7654321",
        "https://soundcloud.com/an-evening",
        "https://soundcloud.com/an-evening/sets",
        "https://soundcloud.com/discover/sets/new",
        "https://soundcloud.com/an-evening/%2e%2e",
        "https://on.soundcloud.com/abcde",
        "https://w.soundcloud.com/player/?url=https%3A//example.org/an-evening/sixty",
        "https://w.soundcloud.com/player/?url=https%3A//w.soundcloud.com/player/%3Furl%3Dx",
        "https://example.org/recording.mp4",
    ],
)
def test_address_that_names_no_recording_of_a_known_platform_has_no_player(address):
    assert parse(address) is None


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("90", 90),
        ("90s", 90),
        ("1m30s", 90),
        ("1m30", 90),
        ("2m", 120),
        ("1h2m3s", 3723),
        ("1:02:03", 3723),
        ("9:13", 553),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("99h", 0),
        ("999999s", 0),
        ("٣", 0),
    ],
)
def test_clock_of_an_address_is_read(clock, seconds):
    assert seconds_of(clock) == seconds


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://Video.Example.org", "video.example.org"),
        ("javascript:alert(1)", ""),
        ("//example.org/a", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_host_is_named_as_people_write_it(address, host):
    assert host_name(address) == host


HOSTS = st.sampled_from(
    ["youtu.be", "www.youtube.com", "vimeo.com", "player.vimeo.com", "soundcloud.com", "w.soundcloud.com", "a.example"]
)
TAILS = st.text(alphabet='/?#&=:@.%"<>\\ -_abcdeXYZ0123456789vhturlé\n', max_size=80)
ADDRESSES = st.one_of(
    st.text(max_size=120),
    st.builds("https://{}/{}".format, HOSTS, TAILS),
    st.builds("https://youtu.be/{}{}".format, st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True), TAILS),
    st.builds("https://vimeo.com/{}{}".format, st.integers(0, 10**12), TAILS),
    st.builds("https://soundcloud.com/an-evening/sixty{}".format, TAILS),
)


@given(ADDRESSES, st.one_of(st.none(), st.integers(-10, 100_000)))
def test_any_text_gives_only_addresses_of_the_hosts_that_the_policy_allows(address, second):
    player = parse(address)
    host_name(address)
    if player is None:
        return
    frame, page = urlsplit(player.embed_url(second)), urlsplit(player.watch_url(second))
    assert f"{frame.scheme}://{frame.netloc}" in settings.SECURE_CSP["frame-src"]
    assert f"{page.scheme}://{page.netloc}" in {
        "https://www.youtube.com",
        "https://vimeo.com",
        "https://soundcloud.com",
    }
    assert not set(frame.geturl()) & set("\"'<> \n\\")
    if player.platform == "Vimeo":
        assert parse_qs(frame.query)["dnt"] == ["1"]
