/* Shows the map beside or instead of the list. Nothing of the map is loaded before somebody asks for it. */
// Each list for itself: where projects lie on the map, stories may have no place at all.
const KEY = `view ${location.pathname}`;

class MapView extends HTMLElement {
  connectedCallback() {
    this.place = this.closest(".browse").querySelector(".browse-map");
    this.choices = document.querySelectorAll("[data-view-choice] input");
    for (const one of document.querySelectorAll("[data-view-choice]")) one.hidden = false;
    for (const input of this.choices) {
      input.addEventListener("change", () => this.choose(input.value, input));
    }
    const isWanted = sessionStorage.getItem(KEY) === "map" || location.hash === "#map";
    this.choose(isWanted ? "map" : "list");
  }

  choose(view, pressed) {
    for (const input of this.choices) input.checked = input.value === view;
    this.place.hidden = view !== "map";
    document.querySelector("[data-to-map]").hidden = view !== "map";
    sessionStorage.setItem(KEY, view);
    if (view === "map") this.load();
    // On phones the switch that was pressed goes, and the other one takes its place and the focus.
    if (pressed && !pressed.checkVisibility()) {
      [...this.choices].find((one) => one !== pressed && one.checkVisibility())?.focus();
    }
  }

  async load() {
    if (this.loading) return;
    this.loading = true;
    try {
      await Promise.all([this.style(), import("./entry-map.js")]);
      this.querySelector("entry-map").start();
    } catch {
      this.loading = false;
      this.querySelector("[data-failed]").hidden = false;
    }
  }

  style() {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: this.dataset.styles });
    return new Promise((resolve, reject) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", reject);
      document.head.append(link);
    });
  }
}

customElements.define("map-view", MapView);
