// The scan of a case: closer in three steps, turned by quarters. Without this, it opens in full size.
const STEPS = { zoom: 3, turn: 4 };

window.floor.each("[data-viewer]", (viewer) => {
  const at = { zoom: 0, turn: 0 };
  viewer.querySelector("[data-viewer-tools]").hidden = false;
  for (const button of viewer.querySelectorAll("[data-viewer-do]")) {
    const what = button.dataset.viewerDo;
    button.addEventListener("click", () => {
      viewer.classList.remove(`viewer--${what}-${at[what]}`);
      at[what] = (at[what] + 1) % STEPS[what];
      viewer.classList.add(`viewer--${what}-${at[what]}`);
    });
  }
});
