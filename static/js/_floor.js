// What all modules share: run a behaviour on each element once, now and after htmx put new ones in.
const behaviours = [];
const seen = new WeakMap();

function enliven(root) {
  for (const [selector, behave] of behaviours) {
    for (const element of root.querySelectorAll(selector)) {
      const done = seen.get(element) ?? new Set();
      if (done.has(selector)) continue;
      seen.set(element, done.add(selector));
      behave(element);
    }
  }
}

window.floor = {
  each(selector, behave) {
    behaviours.push([selector, behave]);
    enliven(document);
  },
};
document.addEventListener("htmx:after:swap", () => enliven(document));
document.addEventListener("htmx:afterSwap", () => enliven(document));
