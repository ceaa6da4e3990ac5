// A press on a recording, or on one of its moments, plays it in the page; until then nothing is asked of its platform.
// Once it plays, moments steer it. Without this file the same links lead to the platform, at the same second.

import { follow } from "./follow.js";
import { file, frame } from "./players.js";

const place = document.getElementById("recording");
const media = place?.querySelector("video, audio");
const note = Object.assign(document.createElement("p"), { className: "note" });
let player = media ? file(media, { heard }) : null;
let begun = false;

note.setAttribute("role", "status");

function heard(second) {
  follow(second - player.offset);
}

// Many a network lets no platform in. Whether it will answer yet nobody knows, so the way to it stands beside the frame.
function doubt(link) {
  const way = Object.assign(document.createElement("a"), { href: link.href, textContent: `Open it on ${player.name}` });
  note.replaceChildren(`${player.name} does not seem to play here. `, way, ".");
}

function load(link) {
  player?.leave();
  const answered = () => note.replaceChildren();
  player = frame(link, place.dataset.title, { heard, answered, silent: () => doubt(link) });
  place.replaceChildren(player.element, note);
  if (note.firstChild) doubt(link);
}

function show(element) {
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

function play(link) {
  const steered = player?.answers;
  if (steered) player.playFrom(Math.max(0, Number(link.dataset.at) + player.offset));
  else if (link.dataset.embed) load(link);
  else return false;
  // Whoever presses line after line of a transcript that is playing stays at the line.
  if (!steered || !begun || !link.closest("[data-follow=along]")) show(player.element);
  begun = true;
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-embed], a[data-at]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link && place && !elsewhere && play(link)) event.preventDefault();
});
