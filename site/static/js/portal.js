// My talk and the profile: saves as one types. A word is on this machine before it is sent, and stays here until the
// server has it.
// Without this file the page is a form with a button "Save".

import { Rich } from "./rich.js";

const EVERY = 3000;
const LONGEST_WAIT = 30000;
const LARGEST_LEAVING = 60000; // what a browser sends for a page that closes
const form = document.querySelector("form[data-autosave]");
const KEPT = form.dataset.kept ?? "Saved"; // a profile is kept for its person, and saved by the button
const saved = form.querySelector("[data-saved]");
const said = form.querySelector("[data-said]"); // what is read aloud: once, not every few seconds
const trouble = form.querySelector("[data-trouble]");
const prefix = `portal:${form.elements.who.value}:${form.dataset.about}:`;
const editors = new Map();
const words = new Map(); // what the server has, by field or list
const base = new Map(form.elements.base.value.split(" ").map((pair) => pair.split(/:(?=[^:]*$)/)));
const clashing = new Set();
let timer = 0;
let wait = EVERY;
let sending = false;
let submitted = false;
let going = false; // another page is asked for, and may have been written before a save that is under way
let closed = false; // somebody who helped no longer does: nothing is sent any more
let notice = ""; // stays until one types on

const listOf = (field) => field.closest("[data-list]")?.dataset.list;
const isWords = (field) => field.name && (base.has(listOf(field) || field.name) || field.hasAttribute("data-local"));
const fieldsOf = (name) => [...form.elements].filter((field) => isWords(field) && (listOf(field) || field.name) === name);
const names = () => new Set([...form.elements].filter(isWords).map((field) => listOf(field) || field.name));
const isLocal = (name) => !base.has(name);

function valueOf(name) {
  const fields = fieldsOf(name);
  return fields[0] && listOf(fields[0]) ? JSON.stringify(fields.map((field) => [field.name, field.value])) : (fields[0]?.value ?? "");
}

const dirty = () => [...names()].filter((name) => valueOf(name) !== words.get(name));

// This machine's own copy

function keep(name) {
  try {
    const kept = { value: valueOf(name), base: base.get(name), page: form.elements.page.value };
    localStorage.setItem(prefix + name, JSON.stringify(kept));
  } catch {
    // Full, or forbidden: the server is the only copy then.
  }
}

function forget(name) {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Nothing was kept.
  }
}

function put(name, value) {
  const fields = fieldsOf(name);
  if (!fields.length) return;
  fields[0].closest("details")?.setAttribute("open", "");
  if (listOf(fields[0])) {
    for (const [cell, text] of JSON.parse(value)) if (form.elements[cell]) form.elements[cell].value = text;
  } else if (editors.has(name)) editors.get(name).value = value;
  else fields[0].value = value;
}

// `had` is the page whose form was sent whole since: the server has its words, in the draft or beside it.
function recall() {
  const address = new URL(location.href);
  const had = address.searchParams.get("had");
  address.searchParams.delete("had");
  if (had) history.replaceState(null, "", address);
  let found = 0;
  for (const name of names()) {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(prefix + name));
    } catch {
      // Not ours, or forbidden.
    }
    if (!kept) continue;
    if (kept.page === had) forget(name);
    else if (kept.value === valueOf(name)) words.has(name) && forget(name);
    else {
      put(name, kept.value);
      if (kept.base) base.set(name, kept.base);
      found += 1;
    }
  }
  if (found) {
    notice = "Words that had not been saved were still in this browser. They are back in the form.";
    tell(notice);
    later(0);
  }
}

// What the page says

function tell(message, address = "", label = "") {
  trouble.replaceChildren(message);
  trouble.hidden = !message;
  if (!address) return;
  const made = document.createElement("a");
  [made.href, made.target, made.textContent] = [address, "_blank", label];
  trouble.append(" ", made);
}

const clock = () => new Date().toLocaleTimeString("en-GB");

function mark(faults) {
  for (const [name, fault] of Object.entries(faults)) {
    const field = document.getElementById(`id-${name}`);
    const place = field?.closest(".field");
    if (!place) continue;
    let words = place.querySelector(".wrong");
    if (!words) {
      words = document.createElement("span");
      words.className = "wrong";
      words.id = `error-${name}`;
      place.querySelector("label").after(words);
      for (const one of [field, place.querySelector(".rich__text")])
        one?.setAttribute("aria-describedby", `${one.getAttribute("aria-describedby") || ""} ${words.id}`.trim());
    }
    words.textContent = fault;
    field.setAttribute("aria-invalid", "true");
    place.classList.add("field--wrong");
  }
}

function unmark(name) {
  for (const field of fieldsOf(name)) {
    const place = field.closest(".field--wrong");
    place?.classList.remove("field--wrong");
    place?.querySelector(".wrong")?.remove();
    field.removeAttribute("aria-invalid");
  }
}

// Sending

function message(changed) {
  const data = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "who", "page", "revision"]) if (form.elements[name]) data.append(name, form.elements[name].value);
  data.append("base", changed.map((name) => `${name}:${base.get(name)}`).join(" "));
  for (const name of changed) {
    const fields = fieldsOf(name);
    for (const field of fields) if (field.type !== "radio" || field.checked) data.append(field.name, field.value);
    if (form.querySelector(`[data-list="${name}"]`)) data.append("lists", name);
  }
  return data;
}

const post = (data, more = {}) =>
  fetch(form.dataset.autosave, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin", ...more });

function later(after = wait) {
  clearTimeout(timer);
  timer = setTimeout(send, after);
}

async function send() {
  const changed = dirty().filter((name) => !isLocal(name) && !clashing.has(name));
  if (sending || closed || !changed.length) return;
  sending = true;
  const was = new Map(changed.map((name) => [name, valueOf(name)]));
  try {
    await heard(await post(message(changed)), was);
  } catch {
    failed("There is no connection. Your words are kept in this browser and are sent when it is back.");
  }
  sending = false;
  if (!closed && dirty().some((name) => !isLocal(name) && !clashing.has(name))) later();
}

function failed(why, address = "", label = "") {
  wait = Math.min(wait * 2, LONGEST_WAIT);
  saved.textContent = "Not saved yet";
  said.textContent = "";
  tell(why, address, label);
}

async function heard(response, was) {
  let told = {};
  try {
    told = await response.json();
  } catch {
    // A page instead of an answer: told by its status alone.
  }
  if (response.ok || response.status === 409) return accepted(told, was);
  if (told.reason === "session" && told.token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = told.token;
    wait = EVERY;
    return null;
  }
  if (told.reason === "signed-out")
    return failed("You have been signed out. Your words are kept here: sign in again in another tab, and they are saved.", form.dataset.signIn, "Sign in");
  if (["ended", "not-theirs"].includes(told.reason)) {
    closed = true;
    return failed(`${told.words} Your words are still here: copy what you need.`);
  }
  if (told.reason === "taken") for (const name of was.keys()) settle(name, was);
  const gone = "This is not open to you any more. Your words are kept in this browser.";
  const broken = "They could not be saved just now. Your words are kept in this browser, and are sent again.";
  return failed(told.words || (response.status === 404 ? gone : broken));
}

// The server has these words now. What was typed meanwhile is still to be sent.
function settle(name, was) {
  words.set(name, was.get(name));
  if (!going && valueOf(name) === was.get(name)) forget(name);
}

function accepted(told, was) {
  wait = EVERY;
  if (told.revision) form.elements.revision.value = told.revision;
  for (const [name, digest] of Object.entries(told.base)) if (base.has(name)) base.set(name, digest);
  form.elements.base.value = [...base].map((pair) => pair.join(":")).join(" ");
  const faulty = Object.keys(told.errors).map((name) => listOf(document.getElementById(`id-${name}`) || form) || name);
  for (const name of told.clashes) clashing.add(name);
  for (const name of was.keys()) {
    unmark(name);
    if (faulty.includes(name)) words.set(name, was.get(name));
    else if (!clashing.has(name)) settle(name, was);
  }
  mark(told.errors);
  if (clashing.size) tell(`${told.by || "Somebody"} changed the same words. Nothing is lost: press “${form.querySelector(".dock [value=save]").textContent}” to see both.`);
  else tell(notice);
  const aloud = faulty.length || clashing.size ? `Not all of it is ${KEPT.toLowerCase()}` : KEPT;
  saved.textContent = aloud === KEPT ? `${KEPT} ${clock()}` : aloud;
  if (said.textContent !== aloud) said.textContent = aloud;
}

// For a page that closes, a phone that is put away, a lid that is shut.
function leave() {
  const changed = dirty().filter((name) => !isLocal(name) && !clashing.has(name));
  for (const name of dirty()) keep(name);
  if (!changed.length || sending || submitted) return;
  const data = message(changed);
  if (data.toString().length < LARGEST_LEAVING) {
    const was = new Map(changed.map((name) => [name, valueOf(name)]));
    post(data, { keepalive: true }).then((response) => heard(response, was)).catch(() => {});
  }
}

// Counting, and who answers

function count(field) {
  const place = form.querySelector(`[data-count="${field.name}"]`);
  if (!place) return;
  const found = field.value.replace(/\]\([^)\s]*\)/g, "]").split(/\s+/).filter((word) => /[\p{L}\p{N}_]/u.test(word)).length;
  place.textContent = found ? `${found} word${found === 1 ? "" : "s"}` : "";
  field.closest(".field").parentElement.querySelector(".if-empty")?.toggleAttribute("data-has-words", found > 0);
}

function choose() {
  for (const place of form.querySelectorAll("[data-mode]")) {
    const mode = form.elements[place.dataset.mode].value;
    place.hidden = mode !== "both" && mode !== place.dataset.showsFor;
  }
}

for (const area of form.querySelectorAll("textarea[data-rich]")) editors.set(area.name, new Rich(area));
for (const hint of form.querySelectorAll("[data-plain]")) hint.hidden = true;
for (const name of names()) words.set(name, valueOf(name));
for (const field of form.querySelectorAll("[aria-invalid]")) words.delete(listOf(field) || field.name);
choose();
recall();

form.addEventListener("input", (event) => {
  if (!isWords(event.target)) return;
  const name = listOf(event.target) || event.target.name;
  notice = "";
  going = false;
  keep(name);
  count(event.target);
  if (!isLocal(name)) later();
});
form.addEventListener("change", choose);
form.addEventListener("submit", () => {
  for (const name of names()) if (isLocal(name)) forget(name);
  clearTimeout(timer);
  submitted = true;
});
form.addEventListener("save-now", () => later(0)); // before a file is sent (upload.js)
addEventListener("pageshow", () => (submitted = going = false));
addEventListener("beforeunload", () => (going = true));
addEventListener("online", () => later(0));
addEventListener("focus", () => later(0));
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
  else later(0);
});
