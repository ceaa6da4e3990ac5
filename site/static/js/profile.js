// The profile's photo: its crop by pressing on it or with the arrow keys. What is typed is kept by portal.js.
// Without this file it is a form with two numbers.

for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;

const whole = document.querySelector("[data-crop]");
if (whole) {
  const across = document.getElementById("id-focus_x");
  const down = document.getElementById("id-focus_y");
  const shown = document.querySelector("[data-crop-shown]");
  const mark = document.createElement("span");
  mark.className = "crop__mark";
  whole.append(mark);
  whole.tabIndex = 0;
  whole.setAttribute("role", "application");
  whole.setAttribute("aria-label", "What matters in the picture: move the mark with the arrow keys");
  shown.src = document.querySelector("[data-crop-source]").dataset.cropSource;
  shown.removeAttribute("srcset");

  const within = (number) => Math.min(100, Math.max(0, Math.round(number) || 0));
  const show = () => {
    [mark.style.left, mark.style.top] = [`${within(across.value)}%`, `${within(down.value)}%`];
    shown.style.objectPosition = `${within(across.value)}% ${within(down.value)}%`;
  };
  const move = (x, y) => {
    [across.value, down.value] = [within(x), within(y)];
    show();
  };
  whole.addEventListener("click", (event) => {
    const box = whole.getBoundingClientRect();
    move((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
  });
  const STEPS = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] };
  whole.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    move(Number(across.value) + step[0], Number(down.value) + step[1]);
  });
  for (const field of [across, down]) field.addEventListener("input", show);
  show();
}
