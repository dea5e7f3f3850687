/* Suggestions while typing, as an ARIA combobox. Without it the form is a plain search. */
const PAUSE = 180;
const SHORTEST = 2;
let lists = 0;

class SearchField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.list) return;
    this.kept = new Map();
    this.chosen = -1;
    this.makeList();
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.follow(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget)) this.close();
    });
  }

  makeList() {
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `suggestions-${++lists}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent ?? "");
    // The field keeps the focus while the mouse chooses.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(text), this.kept.has(text) ? 0 : PAUSE);
  }

  async ask(text) {
    if (!this.kept.has(text)) {
      this.request = new AbortController();
      try {
        const query = new URLSearchParams({ q: text, lang: this.dataset.language });
        const answer = await fetch(`${this.dataset.source}?${query}`, { signal: this.request.signal });
        // Too many questions, or none that can be answered: the form still searches.
        if (!answer.ok) return this.close();
        this.kept.set(text, (await answer.json()).results);
      } catch {
        return this.close();
      }
    }
    if (document.activeElement === this.input) this.show(this.kept.get(text));
  }

  show(found) {
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.status.textContent = this.dataset.status.replace("{number}", found.length);
  }

  option(one, at) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = one.url;
    const kind = document.createElement("span");
    kind.textContent = one.kind_name;
    option.append(one.text, " ", kind);
    return option;
  }

  follow(event) {
    if (event.isComposing || this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.choose(step);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  choose(step) {
    const options = this.list.children;
    options[this.chosen]?.setAttribute("aria-selected", "false");
    // One place more than there are options: the field itself, as it was typed.
    this.chosen = ((this.chosen + 1 + step + options.length + 1) % (options.length + 1)) - 1;
    const option = options[this.chosen];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  open(option) {
    if (option) location.assign(option.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

customElements.define("search-field", SearchField);
