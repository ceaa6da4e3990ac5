import "./recording.js";

// The contents of an evening mark the talk that is being read: the one that crosses a line in the window's upper third.
// Without this file they are links like any others, and stand beside the text all the same.

const talks = new Map();
for (const link of document.querySelectorAll('.toc a[href^="#"]')) {
  talks.set(document.getElementById(decodeURIComponent(link.hash.slice(1))), link);
}
talks.delete(null);

const line = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) talks.get(target).setAttribute("aria-current", "location");
      else talks.get(target).removeAttribute("aria-current");
    }
  },
  { rootMargin: "-30% 0px -70% 0px" },
);
for (const talk of talks.keys()) line.observe(talk);

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
