/* The card over the map: one entry as in a list, or the entries that stand at one place. */
const MOST = 20;

export class MapCard {
  constructor(host) {
    this.host = host;
    this.element = host.querySelector("[data-card]");
    this.body = this.element.querySelector("[data-card-body]");
    this.element.querySelector("[data-close]").addEventListener("click", () => this.close());
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.element.hidden) return;
      event.stopPropagation();
      this.close();
    });
  }

  open(content, name, opener) {
    this.opener = opener;
    this.body.replaceChildren(content);
    this.element.setAttribute("aria-label", name);
    this.element.hidden = false;
    (this.body.querySelector("a") ?? this.element).focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.element.hidden = true;
    const opener = this.opener?.isConnected ? this.opener : this.host.querySelector("[data-canvas]");
    opener.focus({ preventScroll: true });
  }

  entry({ properties }, opener) {
    const card = this.host.querySelector("template[data-entry]").content.cloneNode(true);
    const label = card.querySelector(".label");
    label.textContent = properties.sector;
    if (properties.hue) label.dataset.sector = properties.hue;
    const link = card.querySelector("h3 a");
    link.href = properties.url;
    link.textContent = properties.title;
    link.lang = properties.language;
    const facts = [properties.status, ...new Set([properties.place, ...properties.facts])].filter(Boolean);
    card.querySelector(".meta").replaceChildren(...facts.map((text) => this.span(text)));
    this.picture(card.querySelector(".plate-picture"), properties);
    this.open(card, properties.title, opener);
  }

  picture(plate, { image, illustration, hue }) {
    if (image) {
      plate.append(Object.assign(document.createElement("img"), { src: image.url, alt: image.alt }));
      return;
    }
    const svg = plate.querySelector("svg");
    svg.removeAttribute("hidden");
    if (hue) svg.dataset.sector = hue;
    svg.querySelector("use").setAttribute("href", `${new URL(illustration).pathname}#art`);
  }

  async cluster({ properties }, opener, listAddress) {
    const answer = await fetch(`${properties.entries}&page_size=${MOST}&fields=title,url,language`);
    if (!answer.ok) throw new Error(answer.statusText);
    const { features } = await answer.json();
    const part = this.host.querySelector("template[data-cluster]").content.cloneNode(true);
    part.querySelector("h3").textContent = properties.label;
    part.querySelector("ul").append(...features.map((one) => this.item(one.properties)));
    const all = part.querySelector("[data-all]");
    all.hidden = features.length === properties.count;
    all.querySelector("a").href = listAddress;
    this.open(part, properties.label, opener);
  }

  item({ title, url, language }) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: url, textContent: title, lang: language }));
    return item;
  }

  span(text) {
    return Object.assign(document.createElement("span"), { textContent: text });
  }
}
