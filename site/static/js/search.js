// Suggestions below a search box: a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
// Without this file the form is an ordinary one, and nothing is missing.

const PAUSE = 150;
const SHORTEST = 2;

function combobox(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = `${input.id}-list`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.after(list);
  input.closest("form").append(status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let chosen = -1;
  let asking = new AbortController();
  let timer = 0;

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  }

  function close(words = "") {
    asking.abort();
    clearTimeout(timer);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = words;
    choose(-1);
  }

  function show(found) {
    list.replaceChildren(...found.map(({ text, kind, url }, index) => {
      const option = document.createElement("li");
      const small = document.createElement("small");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.url = url;
      small.textContent = kind;
      option.append(text, " ", small);
      return option;
    }));
    if (!found.length) return close("No suggestions");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
    choose(-1);
  }

  async function ask() {
    const text = input.value.trim();
    asking.abort();
    if (text.length < SHORTEST) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const response = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal });
      const { suggestions } = response.ok ? await response.json() : { suggestions: [] };
      if (!signal.aborted && document.activeElement === input) show(suggestions);
    } catch {
      if (!signal.aborted) close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const { length } = list.children;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1 < length ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? length - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => close());
  // Before the box loses the focus, which would close the list under the pointer.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(combobox);
