// A typeahead of communes (ARIA combobox with a listbox). Without it the typed name is resolved
// by the server.
const WAIT_MS = 180;

class Combobox {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector(".combobox .input");
    this.list = root.querySelector("[data-list]");
    this.status = root.querySelector("[data-status]");
    this.code = document.getElementById(root.dataset.code);
    this.province = document.getElementById(root.dataset.province);
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.prepare();
  }

  prepare() {
    this.list.setAttribute("role", "listbox");
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
    this.province?.addEventListener("change", () => {
      this.input.value = "";
      this.code.value = "";
      this.close();
    });
  }

  typed() {
    this.code.value = "";
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < 1) return this.close();
    this.timer = setTimeout(() => this.ask(text), WAIT_MS);
  }

  async ask(text) {
    const turn = ++this.asked;
    const query = new URLSearchParams({ tinh: this.province?.value ?? "", q: text });
    try {
      const answer = await fetch(`${this.root.dataset.source}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || turn !== this.asked) return;
      this.show(await answer.json());
    } catch {
      this.close(); // the server resolves the typed name when the form is sent
    }
  }

  show(options) {
    this.options = options;
    this.active = -1;
    this.list.replaceChildren(...options.map((option, index) => this.line(option, index)));
    if (!options.length) {
      const none = document.createElement("li");
      none.className = "combobox__empty";
      none.textContent = this.root.dataset.empty;
      this.list.append(none);
    }
    this.status.textContent = options.length
      ? this.root.dataset.count.replace("{count}", options.length) : this.root.dataset.empty;
    this.list.hidden = document.activeElement !== this.input;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden && options.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    if (!this.list.hidden) this.list.scrollIntoView({ block: "nearest" }); // not behind the bottom bar
  }

  line(option, index) {
    const line = document.createElement("li");
    line.className = "combobox__option";
    line.id = `${this.list.id}-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.textContent = option.label;
    return line;
  }

  pressed(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return this.typed();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point((this.active + step + this.options.length) % Math.max(1, this.options.length));
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    }
  }

  point(index) {
    const lines = this.list.querySelectorAll("[role=option]");
    lines[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const line = lines[index];
    if (!line) return;
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", line.id);
  }

  choose(index) {
    const option = this.options[index];
    if (!option) return;
    this.input.value = option.name;
    this.code.value = option.code;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

window.floor.each("[data-combobox]", (box) => new Combobox(box));
