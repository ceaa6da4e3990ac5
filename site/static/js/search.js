// Suggestions below a search box: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
// Without this file it is an ordinary form.

const PAUSE = 150; // milliseconds

function set(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
}

const make = (tag, attributes) => set(document.createElement(tag), attributes);

function combobox(input) {
  const id = `${input.id}-list`;
  const list = make("ul", { id, class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: "" });
  const status = make("p", { class: "hidden", role: "status" });
  let chosen = -1;
  let asking = new AbortController();
  let timer = 0;

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, index) => set(option, { "aria-selected": index === place }));
    set(input, { "aria-activedescendant": list.children[place]?.id ?? "" });
    list.children[place]?.scrollIntoView({ block: "nearest" });
  }

  function show(found, words = "") {
    list.replaceChildren(...found.map(({ text, kind, url }, index) => {
      const option = make("li", { id: `${id}-${index}`, role: "option", "data-url": url });
      const small = make("small");
      small.textContent = kind;
      option.append(text, " ", small);
      return option;
    }));
    list.hidden = !found.length;
    set(input, { "aria-expanded": !list.hidden });
    status.textContent = words;
    choose(-1);
  }

  function close() {
    asking.abort();
    clearTimeout(timer);
    show([]);
  }

  async function ask() {
    const q = input.value.trim();
    asking.abort();
    if (q.length < 2) return close();
    const { signal } = (asking = new AbortController());
    try {
      const response = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal });
      const { suggestions: found } = await response.json();
      if (document.activeElement !== input) return;
      show(found, `Suggestions: ${found.length}`);
    } catch {
      if (!signal.aborted) close();
    }
  }

  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
  input.after(list, status);
  show([]);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) list.children[chosen].click();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => location.assign(event.target.closest("[role=option]").dataset.url));
}

document.querySelectorAll("input[data-suggest]").forEach(combobox);
