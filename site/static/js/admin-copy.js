// "Copy" beside a text: without this file the text can still be selected whole and copied.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies);
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    document.execCommand("copy"); // where the clipboard is closed to scripts, such as without https
  }
  button.querySelector("[role=status]").textContent = "Copied";
});
