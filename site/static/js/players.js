// What plays a recording in the page: a file of ours, or a platform's frame. Each has its element, the `offset` of its
// clock against the evening's, whether it `answers`, and plays from a second of its own; it tells which one is playing.

import { serviceOf } from "./services.js";

const GREETS_EVERY = 500; // a frame that has loaded may still not listen
const GREETINGS = 20;
const PATIENCE = 8000;

export function file(media, { heard }) {
  media.addEventListener("timeupdate", () => heard(media.currentTime));
  return {
    element: media,
    offset: Number(media.dataset.offset),
    answers: true,
    playFrom(second) {
      media.currentTime = second;
      media.play().catch(() => {}); // a browser that wants a press on its own button shows one
    },
  };
}

function frameOf(link, title, service) {
  const element = document.createElement("iframe");
  element.className = `player player--${link.dataset.kind}`;
  element.title = title;
  element.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  element.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube plays for nobody who hides (error 153)
  element.src = service.address(link.dataset.embed);
  return element;
}

// Anybody may send a message, and anything may stand in it.
function parsed(data) {
  try {
    return Object(typeof data === "string" ? JSON.parse(data) : data);
  } catch {
    return {};
  }
}

export function frame(link, title, { heard, answered, silent }) {
  const service = serviceOf(link.dataset.embed);
  const element = frameOf(link, title, service);
  const left = new AbortController();
  const player = { element, name: service.name, offset: Number(link.dataset.offset), answers: false, playFrom, leave };
  const patience = setTimeout(silent, PATIENCE);
  let greeting;

  const say = (...messages) => messages.forEach((message) => element.contentWindow?.postMessage(message, service.origin));

  function playFrom(second) {
    say(...service.playFrom(second));
  }

  function quiet() {
    clearTimeout(patience);
    clearInterval(greeting);
  }

  function leave() {
    quiet();
    left.abort();
  }

  function greet() {
    if (player.answers) return;
    let times = 0;
    clearInterval(greeting);
    greeting = setInterval(() => (++times < GREETINGS ? say(service.greeting) : clearInterval(greeting)), GREETS_EVERY);
    say(service.greeting);
  }

  function hear(event) {
    if (event.origin !== service.origin || event.source !== element.contentWindow) return;
    const told = service.read(parsed(event.data));
    if (!told) return;
    if (told.fails) {
      player.answers = false;
      leave();
      silent();
    } else if (!player.answers) {
      player.answers = true;
      quiet();
      say(...service.wishes);
      answered();
    }
    if (player.answers && Number.isFinite(told.second)) heard(told.second);
  }

  element.addEventListener("load", greet);
  addEventListener("message", hear, { signal: left.signal });
  return player;
}
