// Lines of a transcript, and chapters, are followed while their recording plays: what is being said is marked, and only
// if the reader wants it the page scrolls along with the transcript.

const EARLY = 0.25; // a player that was sent to a second may begin a hair before it

const moves = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

function wishIn(list) {
  const wish = document.createElement("label");
  wish.className = "choice";
  wish.innerHTML = '<input type="checkbox"> <span>Scroll along while it plays</span>';
  list.prepend(wish);
  return wish.firstChild;
}

function followed(list) {
  const lines = [...list.querySelectorAll("a[data-at]")].map((link) => ({
    at: Number(link.dataset.at),
    line: link.closest("[data-follow] > *"),
  }));
  const wish = lines.length && list.dataset.follow === "along" ? wishIn(list) : null;
  return { lines, wish, until: Number(list.dataset.until || Infinity), now: null };
}

const lists = [...document.querySelectorAll("[data-follow]")].map(followed);

// `second` is one of the evening's own clock.
export function follow(second) {
  for (const list of lists) {
    const now = second < list.until ? list.lines.findLast(({ at }) => at <= second + EARLY)?.line : null;
    if (now === list.now) continue;
    list.now?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    list.now = now;
    if (now && list.wish?.checked) now.scrollIntoView({ block: "center", behavior: moves() });
  }
}
