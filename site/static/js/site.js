import "./recording.js";

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
