"""In a real browser: a platform's frame is followed and steered by messages. The frames are ours, and speak alike."""

import json
import re

import pytest
from playwright.sync_api import expect

from events.models import Recording
from tests.archive.transcribing import WATCH, make_evening, transcribe

from .answering import SITE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("empty_cache"),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
PLACE, OFFSET = "/data-bites/60/transcript/tides/", 40
YOUTUBE, VIMEO, SOUNDCLOUD = "https://www.youtube-nocookie.com", "https://player.vimeo.com", "https://w.soundcloud.com"
# What a frame was told stands in `orders`; `at` is its second, which it tells once it was asked to.
FRAME = """<!doctype html><title>A player</title><script>
const asked = new URLSearchParams(location.search), orders = [];
let at, wanted = false;
const say = (message) => parent.postMessage(message, "https://testserver");
const go = (second) => { at = second; if (wanted) say(now()); };
addEventListener("message", ({ data, origin }) => {
  if (origin !== "https://testserver") return;
  orders.push(data);
  obey(JSON.parse(data));
});
%s
</script>"""
FRAMES = {
    YOUTUBE: """
        at = Number(asked.get("start"));
        const now = () => JSON.stringify({ event: "infoDelivery", info: { currentTime: at } });
        function obey({ event, func, args }) {
          if (asked.get("enablejsapi") !== "1" || asked.get("origin") !== "https://testserver") return;
          if (event === "listening") wanted = true;
          if (event === "listening") say('{"event":"initialDelivery","info":{}}');
          go(func === "seekTo" ? args[0] : at);
        }""",
    VIMEO: """
        at = Number(location.hash.match(/t=(\\d+)s/)?.[1] ?? 0);
        const now = () => ({ event: "timeupdate", data: { seconds: at } });
        function obey({ method, value }) {
          if (method === "ping") say({ method: "ping" });
          if (method === "addEventListener") wanted = value === "timeupdate";
          go(method === "setCurrentTime" ? value : at);
        }
        say({ event: "ready" });""",
    SOUNDCLOUD: """
        const [, minutes, seconds] = new URL(asked.get("url")).hash.match(/t=(\\d+):(\\d+)/);
        at = minutes * 60 + Number(seconds);
        const now = () => JSON.stringify({ method: "playProgress", value: { currentPosition: at * 1000 } });
        function obey({ method, value }) {
          if (method === "addEventListener") wanted ||= value === "playProgress";
          go(method === "seekTo" ? value / 1000 : at);
        }
        say('{"method":"ready"}');""",
}
SEEKS = {
    YOUTUBE: [{"event": "command", "func": "seekTo", "args": [60, True]}, {"event": "command", "func": "playVideo"}],
    VIMEO: [{"method": "setCurrentTime", "value": 60}, {"method": "play"}],
    SOUNDCLOUD: [{"method": "seekTo", "value": 60_000}, {"method": "play"}],
}
RECORDINGS = {
    YOUTUBE: {"url": WATCH},
    VIMEO: {"url": "https://vimeo.com/123456789"},
    SOUNDCLOUD: {"url": "https://soundcloud.com/an-evening/sixty", "kind": "audio"},
}
SAID_NOW = "document.querySelector('.said[aria-current]')?.id"


def page_of(client, origin):
    transcribe(make_evening(recordings=[Recording(offset_seconds=OFFSET, **RECORDINGS[origin])]))
    return client.get(PLACE)


def told(frame):
    """The last two things the frame was told; what every message of a kind carries besides is left out."""
    messages = [json.loads(message) for message in frame.evaluate("orders.slice(-2)")]
    return [{k: v for k, v in message.items() if k not in ("id", "channel") and v != []} for message in messages]


@pytest.mark.parametrize("origin", list(FRAMES))
def test_lines_are_followed_and_steer_the_frame_by_keyboard(client, reader_of, origin):
    reader = reader_of(page_of(client, origin), frame=FRAME % FRAMES[origin])
    page = reader.page
    assert (reader.elsewhere, page.evaluate(SAID_NOW)) == ([], None)
    page.get_by_role("link", name="0:12", exact=True).press("Enter")
    page.wait_for_function(f"() => {SAID_NOW} === 's12'")
    reader.playing()
    page.get_by_role("link", name="0:20", exact=True).press("Enter")
    page.wait_for_function(f"() => {SAID_NOW} === 's20'")
    assert page.evaluate("document.activeElement.textContent") == "0:20"
    assert told(page.frames[1]) == SEEKS[origin]
    page.frames[1].evaluate(f"go({31 + OFFSET})")  # another talk's, on another page
    page.wait_for_function(f"() => {SAID_NOW} === undefined")
    assert (len(reader.elsewhere), reader.referrers, page.url) == (1, [f"{SITE}/"], SITE + PLACE)
    expect(page.get_by_role("status")).to_be_empty()
    assert reader.complaints == []


def test_what_others_say_and_what_means_nothing_is_ignored(client, reader_of):
    reader = reader_of(page_of(client, YOUTUBE), frame=FRAME % FRAMES[YOUTUBE])
    page = reader.page
    page.get_by_role("link", name="0:12", exact=True).click()
    page.wait_for_function(f"() => {SAID_NOW} === 's12'")
    page.evaluate("addEventListener('message', ({ data }) => (window.last = data))")
    claim = json.dumps({"event": "infoDelivery", "info": {"currentTime": 20 + OFFSET}})
    page.evaluate("claim => postMessage(claim, '*')", claim)
    page.evaluate(
        "address => document.body.append(Object.assign(document.createElement('iframe'), { src: address }))",
        f"{YOUTUBE}/embed/another?start={20 + OFFSET}",
    )
    page.wait_for_function("() => frames.length === 2")
    page.frames[2].evaluate("claim => parent.postMessage(claim, '*')", claim)
    page.frames[1].evaluate(
        """() => {
          for (const words of ["{", "5", "null", null, '{"event":"infoDelivery","info":null}']) say(words);
          say({ event: "infoDelivery", info: { currentTime: "60" } });
          say("last");
        }"""
    )
    page.wait_for_function("() => window.last === 'last'")
    assert page.evaluate(SAID_NOW) == "s12"
    assert reader.complaints == []


def test_chapter_is_marked_and_a_frame_that_says_nothing_has_a_way_out(client, reader_of):
    """On an evening's page, first with a platform that is shut out."""
    make_evening()
    reader = reader_of(client.get("/data-bites/60/"))
    page, status = reader.page, reader.page.get_by_role("status")
    page.clock.install()
    page.get_by_role("link", name="Play the recording").click()
    page.clock.run_for(7_000)
    expect(status).to_be_empty()
    page.clock.run_for(2_000)
    expect(status).to_have_text("YouTube does not seem to play here. Open it on YouTube.")
    page.get_by_role("link", name="0:10 Tides").click()
    way = status.get_by_role("link", name="Open it on YouTube")
    expect(way).to_have_attribute("href", f"{WATCH}&t=10s")
    expect(page.locator("iframe")).to_have_attribute("src", re.compile("start=10"))
    reader.frame = FRAME % FRAMES[YOUTUBE]
    page.get_by_role("link", name="0:10 Tides").click()
    expect(page.locator(".chapters [aria-current]")).to_have_text("0:10 Tides")
    expect(status).to_be_empty()
    page.get_by_role("link", name="0:00 Welcome").click()
    expect(page.locator(".chapters [aria-current]")).to_have_text("0:00 Welcome")
    assert len(reader.elsewhere) == 3
    page.frames[1].evaluate("say(JSON.stringify({ event: 'onError', info: 150 }))")
    expect(way).to_have_attribute("href", f"{WATCH}&t=10s")
