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

// A transcript is followed while its recording plays: the passage that is being said is marked, and only if the reader
// wants it the page scrolls along. Only a file of ours tells its second; a platform's frame keeps it to itself.

const transcript = document.querySelector("[data-follow]");
const passages = transcript ? [...transcript.querySelectorAll("[data-at]")] : [];
let said;

function follow(second) {
  const now = passages.findLast((passage) => Number(passage.dataset.at) <= second);
  if (now === said) return;
  said?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
  said = now;
  if (now && transcript.querySelector("#along")?.checked) now.scrollIntoView({ block: "center", behavior: moves() });
}

const moves = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

if (passages.length && place?.querySelector("video, audio")) {
  const wish = document.createElement("label");
  wish.className = "choice";
  wish.innerHTML = '<input type="checkbox" id="along"> <span>Scroll along while it plays</span>';
  transcript.prepend(wish);
  place.addEventListener("timeupdate", (event) => follow(event.target.currentTime), true);
}

// A citation can be copied by a press, as a sentence and as BibTeX; without this file one press on it selects all of it.
for (const words of navigator.clipboard ? document.querySelectorAll(".cite > summary + p, .cite pre") : []) {
  const button = document.createElement("button");
  const textContent = words.matches("pre") ? "Copy BibTeX" : "Copy";
  Object.assign(button, { type: "button", className: "button", textContent });
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.textContent);
    button.textContent = "Copied";
  });
  words.after(button);
}
