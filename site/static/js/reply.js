// A whole reply: what is pasted from Word or Outlook keeps its bold words, links and lists; a file can be dropped.
// Without this file the page is a text area and a file field.

import { Rich, toText } from "./rich.js";

for (const area of document.querySelectorAll("textarea[data-rich]")) new Rich(area);
for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;

document.querySelector("[data-paste]")?.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  const text = toText(new DOMParser().parseFromString(html, "text/html").body);
  if (!text) return;
  event.preventDefault();
  document.execCommand("insertText", false, text); // can be undone
});

const form = document.querySelector("[data-drop]");
const isFile = (event) => event.dataTransfer?.types.includes("Files");
form?.addEventListener("dragover", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  form.classList.add("is-over");
});
for (const name of ["dragleave", "drop"]) form?.addEventListener(name, () => form.classList.remove("is-over"));
form?.addEventListener("drop", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  form.elements.file.files = event.dataTransfer.files;
  form.elements.file.focus();
});
