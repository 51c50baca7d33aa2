// Minus and plus around a number.
function step(text, label, change, input) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quantity__step";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => {
    if (change < 0) input.stepDown(); else input.stepUp();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return made;
}

window.floor.each("[data-quantity]", (root) => {
  const input = root.querySelector("input");
  const less = step("−", root.dataset.less, -1, input);
  const more = step("+", root.dataset.more, 1, input);
  const limit = () => {
    less.disabled = Number(input.value) <= Number(input.min);
    more.disabled = input.max !== "" && Number(input.value) >= Number(input.max);
  };
  input.before(less);
  input.after(more);
  input.addEventListener("change", () => {
    limit();
    if ("autosubmit" in root.dataset && input.form && input.checkValidity()) input.form.requestSubmit();
  });
  limit();
});
