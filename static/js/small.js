// Small courtesies: menus that close, forms that send themselves, the error summary in focus.
window.floor.each("[data-menu]", (menu) => {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

window.floor.each("form[data-autosubmit]", (form) => {
  form.addEventListener("change", () => form.requestSubmit());
});

window.floor.each("[data-focus]", (element) => element.focus());

window.floor.each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A form sent twice in a hurry is sent once; the server guards itself as well.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sent" in form.dataset) return event.preventDefault();
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
