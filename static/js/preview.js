// Show the pictures somebody has just chosen, before they are sent.
function line(file) {
  const made = document.createElement("li");
  if (!file.type.startsWith("image/") || file.type.includes("heic")) {
    made.textContent = file.name;
    return made;
  }
  const picture = document.createElement("img");
  picture.alt = file.name;
  picture.src = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
  picture.addEventListener("error", () => made.replaceChildren(file.name));
  made.append(picture);
  return made;
}

window.floor.each("[data-preview]", (root) => {
  const input = root.querySelector("input[type=file]");
  const list = root.querySelector("[data-previews]");
  input.addEventListener("change", () => list.replaceChildren(...[...input.files].map(line)));
});
