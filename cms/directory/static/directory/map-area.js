/* Degrees and pixels: which part of the world a map shows, and how addresses write it. */
const DECIMALS = [[50, 0], [5, 1], [0.5, 2], [0.05, 3]];
const FINEST = 4;
const LAST_LATITUDE = 85.0511;

export const wrapped = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;

/* The longitude that stands next to the middle of the view, be it beyond the antimeridian. */
export const near = (longitude, middle) => longitude + 360 * Math.round((middle - longitude) / 360);

export const edgesOf = (text) => text.split(",").map(Number);

/* The bounds that Leaflet takes, from west, south, east, north. */
export function boundsOf([west, south, east, north]) {
  return [
    [Math.max(south, -LAST_LATITUDE), west],
    [Math.min(north, LAST_LATITUDE), east < west ? east + 360 : east],
  ];
}

/* What the map shows, written as the addresses of lists write it: rounded outwards, the wider the more coarsely. */
export function written(bounds) {
  const span = Math.max(bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth());
  const step = 10 ** (DECIMALS.find(([least]) => span >= least)?.[1] ?? FINEST);
  const down = (edge) => Math.floor(edge * step) / step;
  const up = (edge) => Math.ceil(edge * step) / step;
  const isWorld = bounds.getEast() - bounds.getWest() >= 360;
  const west = isWorld ? -180 : down(wrapped(bounds.getWest()));
  const east = isWorld ? 180 : Math.min(up(wrapped(bounds.getEast())), 180);
  return [west, Math.max(down(bounds.getSouth()), -90), east, Math.min(up(bounds.getNorth()), 90)].map((edge) => edge || 0).join();
}
