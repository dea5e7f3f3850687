/* Names of places while typing, in the browser's own list. Without it the name is looked up when the form is sent. */
const PAUSE = 180;
const SHORTEST = 2;

class PlaceField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input.input");
    this.id_ = this.querySelector('input[type="hidden"]');
    this.list = this.querySelector("datalist");
    if (!this.input || !this.list) return;
    this.known = new Map();
    this.input.setAttribute("list", this.list.id);
    this.input.setAttribute("autocomplete", "off");
    this.input.addEventListener("input", () => this.typed());
  }

  typed() {
    if (this.id_) this.id_.value = this.known.get(this.input.value) ?? "";
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    // What was chosen from the list needs no more suggestions.
    if (text.length < SHORTEST || this.known.has(this.input.value)) return;
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.request = new AbortController();
    const query = new URLSearchParams({ search: text, lang: this.dataset.language, page_size: 8 });
    try {
      const answer = await fetch(`${this.dataset.source}?${query}`, { signal: this.request.signal });
      if (answer.ok) this.show((await answer.json()).results);
    } catch {
      // Typed on, or no network: the name is looked up when the form is sent.
    }
  }

  show(places) {
    const options = places.map((place) => {
      const option = document.createElement("option");
      option.value = [place.name, place.parent?.name, place.country].filter(Boolean).join(", ");
      this.known.set(option.value, place.id);
      return option;
    });
    this.list.replaceChildren(...options);
  }
}

customElements.define("place-field", PlaceField);
