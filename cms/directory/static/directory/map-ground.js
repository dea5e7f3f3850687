/* What lies under the markers: tiles where the operator has chosen some, else our own outlines and the largest towns. */
import { near } from "./map-area.js";

const STEPS = [60, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];
const LINES = 5;
const NEARBY = 64; // pixels
const BELOW = 12; // pixels between a town and its name

export class Ground {
  constructor(map, { tiles }) {
    this.map = map;
    this.towns = [];
    this.names = [];
    this.layer = tiles ? null : window.L.layerGroup().addTo(map);
    map.createPane("names").classList.add("map-names");
    if (tiles) window.L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  }

  show(collection) {
    const middle = this.map.getCenter().lng;
    this.towns = collection.features.filter((one) => one.geometry.type === "Point");
    if (!this.layer) return;
    this.layer.clearLayers();
    this.names = [];
    this.drawLines();
    for (const one of collection.features.filter((other) => other.geometry.type !== "Point")) {
      window.L.geoJSON(one, {
        interactive: false,
        style: { className: "map-outline" },
        coordsToLatLng: ([longitude, latitude]) => window.L.latLng(latitude, near(longitude, middle)),
      }).addTo(this.layer);
    }
    for (const town of this.towns.filter((one) => one.properties.is_named)) this.name(town, middle);
  }

  name(town, middle) {
    const [longitude, latitude] = town.geometry.coordinates;
    const text = document.createElement("span");
    text.textContent = town.properties.name;
    const name = window.L.marker([latitude, near(longitude, middle)], {
      interactive: false,
      keyboard: false,
      pane: "names",
      icon: window.L.divIcon({ className: "map-town", html: text, iconSize: null }),
    });
    this.names.push(name.addTo(this.layer));
  }

  /* A name whose town has a marker on it stands below the marker instead. */
  giveWay(markers) {
    const taken = markers.map(({ marker, button }) => [this.map.latLngToLayerPoint(marker.getLatLng()), button.offsetHeight / 2]);
    for (const name of this.names) {
      const here = this.map.latLngToLayerPoint(name.getLatLng());
      const over = taken.find(([there, reach]) => there.distanceTo(here) < reach + BELOW || there.distanceTo(here.add([0, BELOW])) < reach + BELOW);
      const element = name.getElement();
      element.classList.toggle("is-covered", Boolean(over));
      element.firstChild.style.translate = over ? `${over[0].x - here.x}px ${over[0].y - here.y + over[1]}px` : "";
    }
  }

  /* Meridians and parallels: without land and sea they are what shows that this is the globe. */
  drawLines() {
    const view = this.map.getBounds();
    const span = view.getEast() - view.getWest();
    const step = STEPS.find((one) => span / one >= LINES) ?? STEPS.at(-1);
    const line = (points) => window.L.polyline(points, { className: "map-line", interactive: false }).addTo(this.layer);
    for (let at = Math.ceil((view.getWest() - span) / step) * step; at <= view.getEast() + span; at += step) {
      line([[-85, at], [85, at]]);
    }
    for (let at = Math.ceil(Math.max(view.getSouth() - span, -85) / step) * step; at <= Math.min(view.getNorth() + span, 85); at += step) {
      line([[at, view.getWest() - span], [at, view.getEast() + span]]);
    }
  }

  /* The name of the town next to a position; "" where none is near, seen from as far as we look. */
  nearest([longitude, latitude]) {
    const here = this.map.project([latitude, longitude]);
    let [best, name] = [NEARBY, ""];
    for (const { geometry, properties } of this.towns) {
      const [east, north] = geometry.coordinates;
      const distance = here.distanceTo(this.map.project([north, near(east, longitude)]));
      if (distance < best) [best, name] = [distance, properties.name];
    }
    return name;
  }
}
