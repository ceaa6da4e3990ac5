// The simple editor of an answer. Its text area stays the truth: what stands there is plain text with a few marks
// (speakers/markup.py says which), read from it into the editor and written back at every change.

const ADDRESS = /https?:\/\/[^\s<>"“”]+/;
const INLINE = new RegExp(
  String.raw`\\([\\*_\[\]()\-.•·])` +
    String.raw`|\*\*((?=\S)(?:\\.|[^\\\n]){1,1000}?(?<=\S))\*\*` +
    String.raw`|(?<![\p{L}\p{N}_])_((?=\S)(?:\\.|[^\\\n_]){1,1000}?(?<=\S))_(?![\p{L}\p{N}_])` +
    String.raw`|\[((?:\\.|[^\\\[\]\n]){1,300})\]\(((?:https?:\/\/|mailto:|page:|document:)[^\s()<>"]*(?:\([^\s()<>"]*\)[^\s()<>"]*){0,9})\)` +
    `|(${ADDRESS.source})`,
  "gu",
);
const ITEM = /^[ \t]*(?:([-*•·])|(\d{1,3})[.)])[ \t]+(.*)$/;

const element = (name, ...children) => {
  const made = document.createElement(name);
  made.append(...children);
  return made;
};

function link(to, words) {
  const made = element("a", ...words);
  made.setAttribute("href", to);
  return made;
}

function inline(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) parts.push(text.slice(at, match.index));
    const [whole, escaped, bold, italic, words, to, bare] = match;
    at = match.index + whole.length;
    if (escaped) parts.push(escaped);
    else if (bold) parts.push(element("b", ...inline(bold)));
    else if (italic) parts.push(element("i", ...inline(italic)));
    else if (to) parts.push(link(to, inline(words).map((part) => (part.tagName === "A" ? part.textContent : part))));
    else {
      let address = bare.replace(/[.,;:!?'’)\]]+$/, "");
      const count = (mark) => address.split(mark).length;
      if (bare.includes(")") && count("(") > count(")")) address += ")";
      parts.push(link(address, [address]), bare.slice(address.length));
    }
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== "");
}

const kindOf = (line) => {
  const match = ITEM.exec(line);
  return match ? (match[1] ? "ul" : "ol") : "";
};

export function toDom(text) {
  const made = document.createDocumentFragment();
  let block = [];
  let kind = "";
  const close = () => {
    if (!block.length) return;
    const list = kindOf(block[0]);
    if (list) made.append(element(list, ...block.map((line) => element("li", ...inline(ITEM.exec(line)[3].trim())))));
    else made.append(element("p", ...block.flatMap((line, at) => (at ? [element("br"), ...inline(line.trim())] : inline(line.trim())))));
    block = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const found = kindOf(line);
    if (!line.trim() || (found !== kind && (found || kind))) close();
    if (line.trim()) block.push(line);
    kind = found;
  }
  close();
  return made;
}

// From the page's nodes to text: our own editor's, or whatever Word, Outlook or a browser put on the clipboard.

const escapeWords = (words) =>
  words
    .split(new RegExp(`(${ADDRESS.source})`, "u"))
    .map((part, at) => (at % 2 ? part : part.replace(/\*\*|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])|[\\[\]]/gu, (m) => [...m].map((c) => `\\${c}`).join(""))))
    .join("");
const escapeLine = (line) => (/^[-*•·]\s/.test(line) ? `\\${line}` : line.replace(/^(\d{1,3})([.)]\s)/, "$1\\$2"));

function wrap(words, mark) {
  return words
    .replaceAll(mark, "")
    .split("\n")
    .map((line) => (line.trim() ? line.replace(line.trim(), () => `${mark}${line.trim()}${mark}`) : line))
    .join("\n");
}

const BLOCKS = "P DIV LI UL OL H1 H2 H3 H4 H5 H6 BLOCKQUOTE TABLE TR TD TH SECTION ARTICLE HEADER FOOTER PRE".split(" ");
const DROPPED = "SCRIPT STYLE META LINK TITLE HEAD XML O:P IMG SVG".split(" ");

class Writer {
  blocks = [];
  line = "";

  close(mark = "") {
    const lines = this.line.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
    const text = lines.join("\n").trim();
    this.line = "";
    if (text) this.blocks.push([mark, mark ? text.replace(/\n+/g, " ") : text.split("\n").map(escapeLine).join("\n")]);
  }

  inside(node, list) {
    const outer = this.line;
    this.line = "";
    for (const child of node.childNodes) this.node(child, list);
    const words = this.line;
    this.line = outer;
    return words;
  }

  node(node, list = null) {
    if (node.nodeType === Node.TEXT_NODE) this.line += escapeWords(node.data.replace(/\s+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.includes(node.tagName)) return;
    const style = node.getAttribute("style") || "";
    if (/mso-list:\s*Ignore/i.test(style)) return;
    if (node.tagName === "BR") this.line += "\n";
    else if (BLOCKS.includes(node.tagName)) this.block(node, style, list);
    else this.words(node, style, list);
  }

  // Word gives an item as a paragraph with a bullet in front of it.
  block(node, style, list) {
    this.close();
    const ordered = node.tagName === "OL";
    const inner = ordered || node.tagName === "UL" ? { ordered, count: 0 } : list;
    for (const child of node.childNodes) this.node(child, inner);
    const isWord = /mso-list:/i.test(style) || /^MsoListParagraph/.test(node.className);
    if (isWord) this.line = this.line.replace(/^\s*(?:[·•§o▪-]|\d{1,3}[.)])\s+/, "");
    if (node.tagName === "LI" && list) list.count += 1;
    this.close(node.tagName === "LI" && list?.ordered ? `${list.count}. ` : node.tagName === "LI" || isWord ? "- " : "");
  }

  words(node, style, list) {
    const holdsBlocks = node.querySelector(BLOCKS.join(",")) !== null;
    if (holdsBlocks) {
      for (const child of node.childNodes) this.node(child, list);
      return;
    }
    let words = this.inside(node, list);
    const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
    const isBold = weight ? weight === "bold" || Number(weight) >= 600 : ["B", "STRONG"].includes(node.tagName);
    const isItalic = /font-style:\s*italic/i.test(style) || ["I", "EM"].includes(node.tagName);
    if (node.tagName === "A") words = this.linked(node, words);
    if (isItalic) words = wrap(words, "_");
    if (isBold) words = wrap(words, "**");
    this.line += words;
  }

  linked(node, words) {
    const to = node.getAttribute("href") || "";
    if (!/^(https?:\/\/|mailto:|page:|document:)/.test(to) || !words.trim()) return words;
    return words.replaceAll("\\", "").trim() === to ? to : `[${words.replace(/\n/g, " ").trim()}](${to.replace(/ /g, "%20")})`;
  }
}

export function toText(root) {
  const writer = new Writer();
  const copy = root.cloneNode(true);
  copy.normalize(); // a mark that is words may lie across two text nodes
  for (const child of copy.childNodes) writer.node(child);
  writer.close();
  let text = "";
  let before = null;
  for (const [mark, words] of writer.blocks) {
    const together = before && mark && /^\d/.test(mark) === /^\d/.test(before);
    text += (before === null ? "" : together ? "\n" : "\n\n") + mark + words;
    before = mark;
  }
  return text;
}

// The editor

const BUTTONS = [
  ["bold", "Bold", "B"],
  ["insertUnorderedList", "List", "List"],
  ["insertOrderedList", "Numbered list", "1. 2."],
];

export class Rich {
  constructor(area) {
    this.area = area;
    this.text = element("div");
    this.text.className = "rich__text";
    this.text.contentEditable = "true";
    this.text.dir = "auto";
    this.bar = this.makeBar();
    this.box = element("div", this.bar, this.text);
    this.box.className = "rich";
    const label = document.querySelector(`label[for="${area.id}"]`);
    const names = { role: "textbox", "aria-multiline": "true", "aria-label": area.dataset.label || label.textContent };
    for (const [name, value] of Object.entries(names)) this.text.setAttribute(name, value);
    if (area.getAttribute("aria-describedby")) this.text.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
    this.text.id = `rich-${area.name}`;
    label.addEventListener("click", () => this.text.focus());
    this.show();
    area.hidden = true;
    area.after(this.box);
    this.listen();
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    this.show();
  }

  show() {
    this.text.replaceChildren(toDom(this.area.value));
  }

  makeBar() {
    const bar = element("div");
    bar.className = "rich__bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "How the words look");
    for (const [command, name, shown] of BUTTONS) {
      const button = this.button(shown, name, () => this.run(command));
      button.dataset.command = command;
      bar.append(button);
    }
    this.linkButton = this.button("Link", "Link", () => this.askForLink());
    bar.append(this.linkButton);
    const buttons = [...bar.children];
    for (const one of buttons.slice(1)) one.tabIndex = -1;
    bar.addEventListener("keydown", (event) => this.walk(event, buttons));
    return bar;
  }

  // One stop for the Tab key, and arrows between its buttons (ARIA Authoring Practices, toolbar).
  walk(event, buttons) {
    const at = buttons.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length];
    [event.target.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  }

  button(shown, name, press) {
    const button = element("button", shown);
    button.type = "button";
    if (shown !== name) button.setAttribute("aria-label", name);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    button.addEventListener("click", press);
    return button;
  }

  run(command, value = null) {
    this.text.focus();
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand(command, false, value);
    this.changed();
    this.press();
  }

  askForLink() {
    const selection = getSelection();
    const range = selection.rangeCount && this.text.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
    const field = element("input");
    field.type = "url";
    field.setAttribute("aria-label", "Address of the link");
    field.placeholder = "https://";
    const done = () => {
      asked.remove();
      this.text.focus();
      if (range) {
        selection.removeAllRanges();
        selection.addRange(range);
      }
    };
    const add = () => {
      let to = field.value.trim();
      done();
      if (!to) return;
      if (!/^(https?:\/\/|mailto:)/i.test(to)) to = to.includes("@") && !to.includes("/") ? `mailto:${to}` : `https://${to}`;
      if (selection.isCollapsed) document.execCommand("insertText", false, `${to} `);
      else document.execCommand("createLink", false, to);
      this.changed();
      this.show();
    };
    const asked = element("div", field, this.button("Add the link", "Add the link", add), this.button("Cancel", "Cancel", done));
    asked.className = "rich__link";
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") add();
      if (event.key === "Escape") done();
      if (["Enter", "Escape"].includes(event.key)) event.preventDefault();
    });
    this.bar.querySelector(".rich__link")?.remove();
    this.bar.append(asked);
    field.focus();
  }

  listen() {
    this.text.addEventListener("focus", () => document.execCommand("defaultParagraphSeparator", false, "p"));
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("paste", (event) => this.paste(event));
    this.text.addEventListener("drop", (event) => event.preventDefault());
    document.addEventListener("selectionchange", () => this.press());
    this.text.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        this.askForLink();
      }
    });
  }

  press() {
    if (!this.text.contains(getSelection().anchorNode)) return;
    for (const button of this.bar.querySelectorAll("[data-command]"))
      button.setAttribute("aria-pressed", document.queryCommandState(button.dataset.command));
  }

  paste(event) {
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    const text = html ? toText(new DOMParser().parseFromString(html, "text/html").body) : plain;
    const clean = element("div", toDom(text));
    const isOneLine = clean.children.length === 1 && clean.firstChild.tagName === "P";
    document.execCommand("insertHTML", false, isOneLine ? clean.firstChild.innerHTML : clean.innerHTML);
    this.changed();
  }

  changed() {
    this.area.value = toText(this.text);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
