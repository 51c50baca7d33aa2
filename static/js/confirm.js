// Ask before a form that cannot be taken back is sent: <form data-confirm="question">.
function button(kind, text, value) {
  const made = document.createElement("button");
  made.className = `button button--${kind} button--m`;
  made.value = value;
  made.textContent = text;
  return made;
}

function ask(form, submitter) {
  const dialog = document.createElement("dialog");
  const question = document.createElement("p");
  const actions = document.createElement("form");
  dialog.className = "confirm";
  question.className = "confirm__question";
  question.id = "confirm-question";
  question.textContent = form.dataset.confirm;
  dialog.setAttribute("aria-labelledby", question.id);
  actions.method = "dialog";
  actions.className = "confirm__actions";
  actions.append(button("secondary", form.dataset.confirmNo, "no"), button("danger", form.dataset.confirmYes, "yes"));
  dialog.append(question, actions);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "";
    form.requestSubmit(submitter);
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset?.confirm || "confirmed" in form.dataset) return;
  event.preventDefault();
  ask(form, event.submitter);
}, true);
