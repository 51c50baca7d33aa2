// Copy a code that stands beside the button.
window.floor.each("[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  const words = button.querySelector("span");
  const before = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = before; }, 2000);
  });
});
