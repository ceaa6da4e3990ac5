// A press on a recording, or on one of its chapters, plays it in the page; until then nothing is asked of its platform.
// Without this file the same links lead to the platform, at the same second.

const place = document.getElementById("recording");

function frameFor(link) {
  const frame = document.createElement("iframe");
  frame.className = `player player--${link.dataset.kind}`;
  frame.title = place.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.src = link.dataset.embed;
  return frame;
}

function show(player) {
  player.scrollIntoView({ block: "center" });
  player.focus({ preventScroll: true });
}

function play(link) {
  if (link.dataset.embed) {
    place.replaceChildren(frameFor(link));
    show(place.firstChild);
    return true;
  }
  const media = place.querySelector("video, audio");
  if (!media) return false;
  media.currentTime = Number(link.dataset.second);
  show(media);
  media.play().catch(() => {}); // a browser that wants a press on its own button shows one
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-embed], a[data-second]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link && place && !elsewhere && play(link)) event.preventDefault();
});

// A citation can be copied by a press; without this file one press on it selects all of it.
for (const words of navigator.clipboard ? document.querySelectorAll(".cite pre") : []) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Copy" });
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.textContent);
    button.textContent = "Copied";
  });
  words.after(button);
}
