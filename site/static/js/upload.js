// My talk: a file is sent while one goes on typing, with how far it is, a way to stop it, and another try.
// Without this file its button sends the whole form.

const LARGEST = 50 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;
const form = document.getElementById("talk-form");
const decks = document.getElementById("decks");
const sending = new Set();

const size = (bytes) => (bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

const TOO_LARGE = (bytes) => `This file has ${size(bytes)}, and 50 MB is the most we can keep. Save it with smaller pictures, or give a link instead.`;
const LOST = "The connection was lost before the file was there. Nothing else is lost: press “Upload” to try again.";
const STOPPED = "You stopped it, so nothing was sent.";
const BROKEN = "The file could not be taken just now. Press “Upload” to try again.";
const SIGNED_OUT = "You have been signed out. Sign in again in another tab, then press “Upload” again.";

function fault(place, words) {
  const input = place.querySelector("[type=file]");
  place.querySelector(".wrong")?.remove();
  if (words) {
    const made = document.createElement("span");
    [made.className, made.id, made.textContent] = ["wrong", `error-${input.name}`, words];
    made.setAttribute("role", "alert");
    place.querySelector("label").after(made);
  }
  place.classList.toggle("field--wrong", Boolean(words));
  if (words) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

// Seen always, heard at each quarter: a number that is read out ten times a second is noise.
function show(place, sent, total) {
  const percent = Math.floor((sent / total) * 100);
  const going = place.querySelector("[data-going]");
  going.hidden = false;
  going.querySelector("progress").value = percent;
  const words = sent < total ? `${percent}% of ${size(total)}` : "All of it is there. We are reading it.";
  going.querySelector("[data-words]").textContent = words;
  const aloud = place.querySelector("[data-aloud]");
  const quarter = String(Math.floor(percent / 25));
  if (aloud.dataset.quarter !== quarter) [aloud.dataset.quarter, aloud.textContent] = [quarter, words];
}

function end(place) {
  place.querySelector("[data-going]").hidden = true;
  place.querySelector("[data-aloud]").dataset.quarter = "";
  place.querySelector("[data-send]").disabled = false;
}

function heard(place, request) {
  end(place);
  let told = {};
  try {
    told = JSON.parse(request.responseText);
  } catch {
    // A page instead of an answer: told by its status alone.
  }
  if (told.token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = told.token;
  if (told.reason === "session") return send(place);
  if (told.reason === "signed-out") return fault(place, SIGNED_OUT);
  if (request.status !== 200) {
    const file = place.querySelector("[type=file]").files[0];
    return fault(place, told.words || (request.status === 413 ? TOO_LARGE(file?.size ?? 0) : BROKEN));
  }
  const name = place.querySelector("[type=file]").name;
  keepChosen(() => (decks.innerHTML = told.html));
  const again = document.getElementById(`id-${name}`)?.closest("[data-file]");
  if (again) again.querySelector("[data-aloud]").textContent = told.words;
  decks.querySelector("a")?.focus();
  return null;
}

// The other field may have a file in it that isn't sent yet, or one that is on its way.
function keepChosen(change) {
  const kept = [...decks.querySelectorAll("[data-file]")].filter((place) => sending.has(place) || place.querySelector("[type=file]").files.length);
  const names = kept.map((place) => place.querySelector("[type=file]").id);
  change();
  names.forEach((id, at) => {
    const made = document.getElementById(id)?.closest("[data-file]");
    if (made && !kept[at].dataset.done) made.replaceWith(kept[at]);
  });
}

function send(place) {
  const input = place.querySelector("[type=file]");
  const file = input.files[0];
  if (!file) return fault(place, "Choose a file first.");
  if (file.size > LARGEST) return fault(place, TOO_LARGE(file.size));
  fault(place, "");
  form.dispatchEvent(new Event("save-now"));
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "who"]) data.append(name, form.elements[name].value);
  data.append(input.name, file, file.name);
  const request = new XMLHttpRequest();
  const over = (words) => () => {
    end(place);
    fault(place, words);
  };
  request.open("POST", decks.dataset.upload);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => show(place, event.loaded, event.total));
  request.addEventListener("load", () => {
    if (request.status === 200) place.dataset.done = "yes";
    heard(place, request);
  });
  request.addEventListener("error", over(LOST));
  request.addEventListener("abort", over(STOPPED));
  request.addEventListener("loadend", () => sending.delete(place));
  place.querySelector("[data-cancel]").onclick = () => request.abort();
  place.querySelector("[data-send]").disabled = true;
  sending.add(place);
  show(place, 0, file.size);
  request.send(data);
  return null;
}

decks?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-send]");
  if (!button) return;
  event.preventDefault();
  send(button.closest("[data-file]"));
});
decks?.addEventListener("change", (event) => {
  if (event.target.type === "file") fault(event.target.closest("[data-file]"), "");
});
addEventListener("beforeunload", (event) => {
  if (sending.size) event.preventDefault();
});
