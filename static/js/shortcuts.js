// One key per decision on the moderation desk: <body data-shortcuts>, <button data-key="a">.
const ALSO = { j: "n" };

document.addEventListener("keydown", (event) => {
  if (!document.body.matches("[data-shortcuts]") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  const wanted = document.querySelector(`[data-key="${CSS.escape(ALSO[key] ?? key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
});
