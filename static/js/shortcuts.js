// One key per decision on the moderation desk: <body data-shortcuts>, <button data-key="a">.
document.addEventListener("keydown", (event) => {
  if (!document.body.matches("[data-shortcuts]") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
});
