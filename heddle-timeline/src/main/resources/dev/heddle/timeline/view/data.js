'use strict';
// Pure functions: the data of the page, and the geometry of the view. They need no browser.

/** Reads the timeline: its start is 0, times are nanoseconds, and overlapping spans of a lane are in different rows. */
function decode(bytes) {
  let at = 0;
  const next = () => { // little-endian groups of 7 bits; by multiplication, as shifts end at 32 bits
    let value = 0, scale = 1, byte;
    do { byte = bytes[at++]; value += (byte & 127) * scale; scale *= 128; } while (byte > 127);
    return value;
  };
  const head = next();
  const meta = JSON.parse(new TextDecoder().decode(bytes.subarray(at, at + head)));
  at += head;
  const count = meta.spans, lanes = meta.lanes.length;
  const start = new Float64Array(count), end = new Float64Array(count), name = new Uint32Array(count);
  const ending = new Uint8Array(count), row = new Uint32Array(count);
  const rows = [];
  for (let lane = 0, i = 0; lane < lanes; lane++) {
    const first = rows.length, size = next();
    let clock = 0;
    for (let k = 0; k < size; k++, i++) {
      clock += next();
      start[i] = clock; end[i] = clock + next();
      const packed = next();
      name[i] = Math.floor(packed / 8); ending[i] = packed % 8;
      row[i] = first + next();
      while (rows.length <= row[i]) rows.push({lane, size: 0, spans: null});
      rows[row[i]].size++;
    }
  }
  for (const r of rows) { r.spans = new Uint32Array(r.size); r.size = 0; }
  for (let k = 0; k < count; k++) { const r = rows[row[k]]; r.spans[r.size++] = k; }
  return {...meta, count, start, end, name, ending, row, rows, length: Math.max(1, meta.length)};
}

/** The first of a row's spans that ends after t; a row's spans do not overlap, so their ends are in order, too. */
function firstAfter(data, spans, t) {
  let low = 0, high = spans.length;
  while (low < high) { const mid = (low + high) >> 1; if (data.end[spans[mid]] > t) high = mid; else low = mid + 1; }
  return low;
}

/** Zooms [from, to] by a factor around t, within [0, length], down to ten nanoseconds. */
function zoomed(view, length, t, factor) {
  const span = Math.min(length, Math.max(Math.min(10, length), (view.to - view.from) * factor));
  const from = Math.max(0, Math.min(length - span, t - (t - view.from) * span / (view.to - view.from)));
  return {from, to: from + span};
}

/** Moves [from, to] within [0, length]. */
function panned(view, length, by) {
  const span = view.to - view.from, from = Math.max(0, Math.min(length - span, view.from + by));
  return {from, to: from + span};
}

/** A duration as text: 250 ms, 1 min 30 s, 26 h. */
function text(ns) {
  const two = (large, a, small, b) => {
    const n = Math.round(ns / small), rest = n % (large / small);
    return `${Math.floor(n * small / large)} ${a}${rest ? ` ${rest} ${b}` : ''}`;
  };
  if (ns >= 1728e11) return two(864e11, 'd', 36e11, 'h');
  if (ns >= 36e11) return two(36e11, 'h', 6e10, 'min');
  if (ns >= 6e10) return two(6e10, 'min', 1e9, 's');
  const [unit, name] = ns >= 999.5e6 ? [1e9, 's'] : ns >= 999.5e3 ? [1e6, 'ms'] : ns >= 999.5 ? [1e3, 'µs'] : [1, 'ns'];
  const shown = +(ns / unit).toPrecision(3);
  return ns === 0 ? '0' : unit === 1e9 && shown === 60 ? '1 min' : `${shown} ${name}`;
}

/** A position on the axis as text, exact enough to tell ticks of the given step apart. */
function position(ns, step) {
  const [unit, name] = ns >= 6e10 ? [0, ''] : ns >= 1e9 ? [1e9, 's'] : ns >= 1e6 ? [1e6, 'ms'] : ns >= 1e3 ? [1e3, 'µs'] : [1, 'ns'];
  if (!unit) {
    const seconds = ns % 6e10 / 1e9, digits = Math.max(0, Math.min(9, Math.ceil(-Math.log10(step / 1e9))));
    const whole = text(Math.floor(ns / 6e10) * 6e10);
    return step >= 6e10 ? text(ns) : `${whole}${seconds >= 10 ** -digits / 2 ? ` ${seconds.toFixed(digits)} s` : ''}`;
  }
  return ns === 0 ? '0' : `${+(ns / unit).toFixed(Math.max(0, Math.min(9, Math.ceil(-Math.log10(step / unit)))))} ${name}`;
}

/** A round step of time, so that at most so many fit into the span. */
function step(span, most) {
  const raw = span / most;
  const clock = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
  if (raw > 1e9 && raw <= 864e11) return clock.find(each => each * 1e9 >= raw) * 1e9;
  const base = raw > 864e11 ? 864e11 : 1, power = base * 10 ** Math.floor(Math.log10(raw / base));
  return power * [1, 2, 5, 10].find(each => each * power >= raw * 0.999999);
}

// For PageScriptTest, which runs this file by itself.
if (typeof module !== 'undefined') module.exports = {decode, firstAfter, zoomed, panned, text, position, step};
