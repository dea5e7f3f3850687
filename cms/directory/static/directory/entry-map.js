/* The map of a list: asks for what its view shows, draws it as buttons, says the same as a list beside it. */
import "../leaflet/leaflet.js";
import { boundsOf, edgesOf, near, written } from "./map-area.js";
import { MapCard } from "./map-card.js";
import { Ground } from "./map-ground.js";

const { L } = window;
const NEAREST = 18;
const FIRST_NEAREST = 13; // one entry alone: its town, not its doorstep
const ROOM = 48; // pixels between a marker that has the focus and the edge
const MOVED = 80; // pixels
const SETTLED = 150; // milliseconds after a move

class EntryMap extends HTMLElement {
  async start() {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.canvas = this.querySelector("[data-canvas]");
    this.map = L.map(this.canvas, {
      attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: NEAREST, worldCopyJump: true,
      zoomAnimation: !isCalm, fadeAnimation: !isCalm, markerZoomAnimation: !isCalm, inertia: !isCalm,
    });
    this.ground = new Ground(this.map, { tiles: this.dataset.tiles });
    this.card = new MapCard(this);
    this.markers = new Map();
    this.listen();
    try {
      await this.lookFirst();
    } catch (error) {
      this.fail(error);
    }
  }

  listen() {
    const press = (name, act) => this.querySelector(`[data-${name}]`).addEventListener("click", act);
    press("nearer", () => this.map.zoomIn());
    press("farther", () => this.map.zoomOut());
    press("again", () => this.look());
    const locate = this.querySelector("[data-here]");
    locate.hidden = !navigator.geolocation;
    locate.addEventListener("click", () => this.goHere());
    this.map.on("moveend", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.look(), SETTLED);
    });
    // The map shares its room with the list and its own card: whenever that changes, Leaflet has to measure anew.
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(this.canvas);
  }

  /* Where the list looks; without a place, wherever there is something. */
  async lookFirst() {
    const view = this.dataset.view || (await this.everything());
    const bounds = L.latLngBounds(boundsOf(edgesOf(view)));
    this.isArea = new URLSearchParams(location.search).has("bbox");
    // An area came from a map, mostly of this size, and was rounded outwards: taken exactly, it would not fit any more.
    if (this.isArea) this.map.fitBounds(bounds.pad(-0.06), { maxZoom: NEAREST });
    else this.map.fitBounds(bounds, { maxZoom: FIRST_NEAREST, padding: [24, 24] });
    this.begin = { middle: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  /* Whether somebody has looked elsewhere; a map that was only given another size has not moved. */
  hasMoved() {
    if (!this.begin) return false;
    const { middle, zoom } = this.begin;
    const way = this.map.project(middle).distanceTo(this.map.project(this.map.getCenter()));
    return zoom !== this.map.getZoom() || way > MOVED;
  }

  async everything() {
    const { features } = await this.ask(this.dataset.clusters, this.dataset.query, {});
    const boxes = features.map((one) => one.bbox ?? [...one.geometry.coordinates, ...one.geometry.coordinates]);
    const edge = (number, choose) => choose(...boxes.map((box) => box[number]));
    return boxes.length ? [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)].join() : "-12,35,32,62";
  }

  /* What the list asks; whoever looks elsewhere leaves the circle around the list's place. */
  question() {
    const parameters = new URLSearchParams(this.dataset.query);
    if (this.hasMoved()) for (const name of ["near", "radius"]) parameters.delete(name);
    return parameters;
  }

  async ask(address, query, more, signal) {
    const parameters = new URLSearchParams(query);
    for (const [name, value] of Object.entries(more)) parameters.set(name, value);
    const answer = await fetch(`${address}?${parameters}`, { signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  async look() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    // Until somebody looks elsewhere, the map shows what the list shows.
    const bbox = this.isArea && !this.hasMoved() ? this.dataset.view : written(this.map.getBounds());
    const view = { bbox, zoom: this.map.getZoom() };
    const lang = new URLSearchParams(this.dataset.query).get("lang");
    try {
      const [ground, found] = await Promise.all([
        this.ask(this.dataset.ground, { lang }, view, signal).catch((error) => {
          if (signal.aborted) throw error;
          return { features: [], credits: [] }; // names and outlines are missing then, the markers are not
        }),
        this.ask(this.dataset.clusters, this.question(), view, signal),
      ]);
      this.ground.show(ground);
      const credit = this.querySelector("[data-credit]");
      if (credit) credit.textContent = ground.credits.join(" · ");
      this.show(found.features);
      this.tell(found.count, view.bbox);
      this.querySelector("[data-failed]").hidden = true;
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  fail(error) {
    console.error(error);
    this.querySelector("[data-failed]").hidden = false;
  }

  show(features) {
    const shown = new Map();
    const middle = this.map.getCenter().lng;
    const focused = [...this.markers.values()].find((one) => one.button === document.activeElement);
    for (const feature of features) {
      const key = feature.id ?? `${feature.bbox}`;
      const known = this.markers.get(key);
      shown.set(key, known?.feature.properties.label === feature.properties.label ? known : this.mark(feature, middle));
    }
    for (const [key, one] of this.markers) if (shown.get(key) !== one) one.marker.remove();
    this.markers = shown;
    // Whoever was on a marker that is gone goes on at the one that stands nearest to it.
    if (focused && !focused.button.isConnected) this.focusNear(focused.marker.getLatLng());
    else if (this.opened) this.focusNear(this.opened);
    this.opened = null;
    this.ground.giveWay([...shown.values()]);
  }

  mark(feature, middle) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const { properties } = feature;
    const isCluster = properties.type === "cluster";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "map-pin" });
    const name = isCluster ? this.named(properties.label, feature.geometry.coordinates) : [properties.title, properties.place].filter(Boolean).join(", ");
    button.setAttribute("aria-label", name);
    button.title = name;
    if (isCluster) {
      button.textContent = properties.count > 999 ? `${Math.floor(properties.count / 1000)}k` : properties.count;
      button.classList.add(properties.count > 99 ? "is-large" : properties.count > 9 ? "is-medium" : "is-small");
    } else {
      button.classList.add("is-one");
      button.dataset.sector = properties.hue;
    }
    const marker = L.marker([latitude, near(longitude, middle)], {
      interactive: false, keyboard: false, icon: L.divIcon({ className: "map-mark", html: button, iconSize: null }),
    }).addTo(this.map);
    const one = { feature, marker, button, name };
    button.addEventListener("click", () => this.open(one, button));
    button.addEventListener("focus", () => this.map.panInside(marker.getLatLng(), { padding: [ROOM, ROOM] }));
    L.DomEvent.disableClickPropagation(button);
    return one;
  }

  named(label, position) {
    const place = this.ground.nearest(position);
    return place ? this.dataset.near.replace("{number}", label).replace("{place}", place) : label;
  }

  async open({ feature, marker }, opener) {
    this.querySelector(".map-pin.is-current")?.classList.remove("is-current");
    const { properties } = feature;
    if (properties.type === "entry") {
      opener.classList.add("is-current");
      this.card.entry(feature, opener);
      this.keepInSight(marker);
      return;
    }
    const bounds = L.latLngBounds(boundsOf(feature.bbox));
    if (properties.can_split && this.map.getZoom() < NEAREST) {
      const nearer = Math.min(NEAREST, Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(bounds, false, [ROOM, ROOM])));
      this.opened = marker.getLatLng();
      this.map.setView(bounds.getCenter(), nearer);
      return;
    }
    await this.card.cluster(feature, opener, this.listAddress(feature.bbox.join())).catch((error) => this.fail(error));
  }

  /* The card must not lie on the marker that it belongs to. */
  keepInSight(marker) {
    const below = this.querySelector("[data-card]").offsetHeight + ROOM;
    this.map.panInside(marker.getLatLng(), { paddingTopLeft: [ROOM, ROOM], paddingBottomRight: [ROOM, below] });
  }

  focusNear(position) {
    const distance = ({ marker }) => position.distanceTo(marker.getLatLng());
    const [nearest] = [...this.markers.values()].toSorted((one, other) => distance(one) - distance(other));
    (nearest?.button ?? this.canvas).focus({ preventScroll: true });
  }

  /* The list, narrowed down to a part of the map; the server knows the one way to write it. */
  listAddress(area) {
    const address = new URL(location.pathname, location.origin);
    const parameters = new URLSearchParams(location.search);
    for (const name of ["page", "place", "near", "radius"]) parameters.delete(name);
    if (parameters.get("sort") === "nearest") parameters.delete("sort");
    parameters.set("bbox", area);
    parameters.sort();
    address.search = parameters.toString().replaceAll("%2C", ",");
    return address.href;
  }

  /* Says how much is in view, and the same as a list for those who do not see the map. */
  tell(number, area) {
    const status = this.querySelector('[role="status"]');
    const isNowhere = !number && !this.dataset.view && !this.hasMoved();
    const counted = this.dataset.count.replace("{number}", number.toLocaleString(document.documentElement.lang));
    const text = isNowhere ? this.dataset.none : counted;
    if (status.textContent !== text) status.textContent = text;
    this.querySelector("[data-list]").replaceChildren(...[...this.markers.values()].map((one) => this.item(one)));
    const search = this.querySelector("[data-search]");
    search.href = this.listAddress(area);
    search.hidden = !this.hasMoved();
  }

  item(one) {
    const item = document.createElement("li");
    const { properties } = one.feature;
    if (properties.type === "entry") {
      item.append(Object.assign(document.createElement("a"), { href: properties.url, textContent: one.name, lang: properties.language }));
      return item;
    }
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: one.name });
    button.addEventListener("click", () => this.open(one, button));
    item.append(button);
    return item;
  }

  goHere() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.map.setView([coords.latitude, coords.longitude], FIRST_NEAREST),
      () => {
        this.querySelector('[role="status"]').textContent = this.dataset.refused;
      },
      { maximumAge: 600_000, timeout: 15_000 },
    );
  }
}

customElements.define("entry-map", EntryMap);
