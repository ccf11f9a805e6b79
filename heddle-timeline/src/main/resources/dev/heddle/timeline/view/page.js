// The page: its state is in one object, and draw() draws all that shows.

const AXIS = 22, GAP = 6, LABEL = 14, LEAST_ROW = 6, HIGHEST_ROW = 18;

/** The colours and fonts of the page, by its scheme. */
function themeOf(data) {
  const style = getComputedStyle(document.documentElement), of = name => style.getPropertyValue(name).trim();
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const spans = dark ? data.dark : data.light;
  return {ink: of('--ink'), faint: of('--faint'), paper: of('--paper'), mark: of('--mark'), on: dark ? '#000' : '#fff', spans,
    rgb: {faint: pixelOf(of('--faint')), mark: pixelOf(of('--mark')), spans: spans.map(pixelOf)}};
}

/** The colour #rrggbb as the bytes of a pixel, without its opacity. */
function pixelOf(color) {
  const rgb = parseInt(color.slice(1), 16);
  return (rgb & 255) << 16 | rgb & 0xff00 | rgb >> 16;
}

/** The tops of the rows, below each other, with a label above each lane's first one. */
function layout(data, room) {
  const fixed = AXIS + data.lanes.length * (GAP + LABEL);
  const rowHeight = Math.max(LEAST_ROW, Math.min(HIGHEST_ROW, (room - fixed) / Math.max(1, data.rows.length)));
  const tops = [];
  let y = AXIS;
  data.rows.forEach((row, i) => {
    if (i === 0 || row.lane !== data.rows[i - 1].lane) y += GAP + LABEL;
    tops.push(y);
    y += rowHeight;
  });
  return {tops, rowHeight, height: y + GAP};
}

class Page {
  constructor(data) {
    const $ = id => document.getElementById(id);
    this.data = data;
    this.canvas = $('chart'); this.map = $('map'); this.scroll = $('scroll'); this.tall = $('tall');
    this.tip = $('tip'); this.search = $('search'); this.details = $('details'); this.range = $('range'); this.count = $('count');
    this.g = this.canvas.getContext('2d'); this.m = this.map.getContext('2d');
    this.view = {from: 0, to: data.length};
    this.hover = -1; this.found = -1; this.match = null; this.mapped = null; this.asked = false;
    this.legend($('legend'));
    this.retheme(); this.resize(); this.draw();
  }

  legend(list) {
    for (const kind of this.data.kinds) {
      const li = document.createElement('li');
      li.append(document.createElement('i'), kind);
      list.append(li);
    }
    for (const mark of this.data.marks) {
      const li = document.createElement('li');
      li.append(mark);
      list.append(li);
    }
    this.boxes = [...list.querySelectorAll('i')];
  }

  retheme() {
    this.colors = themeOf(this.data);
    this.boxes.forEach((box, i) => { box.style.background = this.colors.spans[i]; });
    this.mapped = null;
  }

  resize() {
    const ratio = devicePixelRatio || 1;
    this.width = Math.max(50, this.scroll.clientWidth);
    const room = Math.max(160, innerHeight - this.scroll.offsetTop - 150);
    Object.assign(this, layout(this.data, room));
    this.shown = Math.min(this.height, room);
    this.scroll.style.height = this.shown + 'px';
    this.tall.style.height = this.height + 'px';
    this.canvas.style.height = this.shown + 'px';
    for (const [c, h, pen] of [[this.canvas, this.shown, this.g], [this.map, this.map.clientHeight, this.m]]) {
      c.width = this.width * ratio; c.height = h * ratio; pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.mapped = null;
  }

  x(t) { return (t - this.view.from) / (this.view.to - this.view.from) * this.width; }

  time(px) { return this.view.from + px / this.width * (this.view.to - this.view.from); }

  redraw() { if (!this.asked) { this.asked = true; requestAnimationFrame(() => this.draw()); } }

  look(view) { this.view = view; this.hover = -1; this.tip.hidden = true; this.redraw(); }

  kindOf(i) { return this.data.names[this.data.name[i]][1]; }

  nameOf(i) { return this.data.names[this.data.name[i]][0]; }

  /** Paints one row between two times: spans of a pixel and more as boxes, thinner ones as the share of each pixel that they fill. */
  paintRow(pen, row, from, to, pixels, y, h) {
    const {data, colors, match} = this, {start, end, name} = data, {spans} = row, scale = pixels / (to - from);
    const fill = new Float32Array(pixels + 2), kinds = new Int16Array(pixels + 2), hits = match ? new Uint8Array(pixels + 2) : null;
    const boxes = new Map();
    for (let k = firstAfter(data, spans, from); k < spans.length; k++) {
      const i = spans[k];
      if (start[i] >= to) break;
      const left = Math.max(0, (start[i] - from) * scale), right = Math.min(pixels, (end[i] - from) * scale);
      const hit = !match || match[name[i]];
      if (right - left < 1) {
        const p = left | 0;
        if (right - left > fill[p] || fill[p] === 0) kinds[p] = this.kindOf(i);
        fill[p] += Math.max(right - left, 0.02);
        if (match && hit) hits[p] = 1;
      } else {
        const key = hit ? this.kindOf(i) : -1;
        let list = boxes.get(key);
        if (!list) boxes.set(key, list = []);
        list.push(left, right);
      }
    }
    for (const [key, list] of boxes) {
      pen.fillStyle = key < 0 ? colors.faint : colors.spans[key];
      pen.beginPath();
      for (let k = 0; k < list.length; k += 2) {
        const width = list[k + 1] - list[k];
        pen.rect(list[k], y, width > 3 ? width - 0.5 : width, h);
      }
      pen.fill();
    }
    const ink = new Uint32Array(pixels);
    for (let p = 0; p < pixels; p++) {
      if (!fill[p]) continue;
      const alpha = 0.12 + 0.11 * Math.ceil(Math.min(1, fill[p]) * 8), hit = !hits || hits[p];
      ink[p] = Math.round(alpha * 255) << 24 | (!hit ? colors.rgb.faint : match ? colors.rgb.mark : colors.rgb.spans[kinds[p]]);
    }
    this.stretch(pen, ink, y, h);
  }

  /** Paints a row of pixels, stretched to a height: at once, as a rectangle for each would take ten times as long. */
  stretch(pen, ink, y, h) {
    if (!this.strip || this.strip.width !== ink.length) {
      this.strip = document.createElement('canvas');
      this.strip.width = ink.length; this.strip.height = 1;
    }
    this.strip.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(ink.buffer), ink.length, 1), 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.strip, 0, y, ink.length, h);
  }

  /** Draws the marks of spans that did not complete: a cross, a slash, a triangle, an arrow. */
  marks(row, y, h) {
    const {data, g, colors} = this, {from, to} = this.view;
    let last = -9;
    for (let k = firstAfter(data, row.spans, from - 1); k < row.spans.length && data.start[row.spans[k]] < to; k++) {
      const i = row.spans[k];
      if (!data.ending[i]) continue;
      const end = Math.min(this.width, this.x(data.end[i])), size = Math.min(5, h / 2), mid = y + h / 2;
      if (end - last < 3) continue; // one mark for several that would cover each other
      last = end;
      g.beginPath();
      switch (data.ending[i]) {
        case 1: g.moveTo(end - 2 * size, mid - size); g.lineTo(end, mid + size); g.moveTo(end - 2 * size, mid + size); g.lineTo(end, mid - size); break;
        case 2: g.arc(end - size, mid, size, Math.PI, Math.PI * 2.6); break;
        case 3: g.moveTo(end - 2 * size, y + h); g.lineTo(end, y); break;
        case 4: g.moveTo(end - 2 * size, mid + size); g.lineTo(end, mid + size); g.lineTo(end - size, mid - size); g.closePath(); break;
        default: g.moveTo(end - size, mid - size); g.lineTo(end, mid); g.lineTo(end - size, mid + size);
      }
      g.lineWidth = 3.5; g.strokeStyle = colors.paper; g.stroke();
      g.lineWidth = 1.5; g.strokeStyle = colors.ink; g.stroke();
      g.lineWidth = 1;
    }
  }

  drawMap() {
    const {m, map, data, width} = this, h = map.clientHeight;
    if (!this.mapped) { // painted once on a canvas of its own, then copied
      this.mapped = document.createElement('canvas');
      this.mapped.width = map.width; this.mapped.height = map.height;
      const pen = this.mapped.getContext('2d');
      pen.setTransform(m.getTransform());
      const each = h / Math.max(1, data.rows.length);
      data.rows.forEach((row, i) => this.paintRow(pen, row, 0, data.length, width | 0, i * each, each > 2 ? each - 0.5 : Math.max(0.3, each)));
    }
    m.clearRect(0, 0, width, h);
    m.drawImage(this.mapped, 0, 0, width, h);
    const left = this.view.from / data.length * width, right = this.view.to / data.length * width;
    m.fillStyle = this.colors.paper; m.globalAlpha = 0.7;
    m.fillRect(0, 0, left, h); m.fillRect(right, 0, width - right, h);
    m.globalAlpha = 1; m.strokeStyle = this.colors.mark; m.lineWidth = 2;
    m.strokeRect(left + 1, 1, Math.max(3, right - left - 2), h - 2);
  }

  draw() {
    this.asked = false;
    const {g, data, colors, tops, rowHeight, width} = this, {from, to} = this.view;
    const top = this.scroll.scrollTop;
    g.clearRect(0, 0, width, this.shown);
    g.font = '11px system-ui, sans-serif'; g.textBaseline = 'top'; g.lineWidth = 1;
    const by = step(to - from, Math.max(2, width / 110));
    for (let t = Math.ceil(from / by) * by; t <= to; t += by) {
      g.strokeStyle = colors.faint;
      g.beginPath(); g.moveTo(this.x(t), AXIS); g.lineTo(this.x(t), this.shown); g.stroke();
    }
    data.rows.forEach((row, i) => {
      const y = tops[i] - top;
      if (y + rowHeight < 0 || y > this.shown + LABEL) return;
      if (i === 0 || row.lane !== data.rows[i - 1].lane) { g.fillStyle = colors.ink; g.fillText(this.fitted(data.lanes[row.lane]), 3, y - LABEL + 1); }
      this.paintRow(g, row, from, to, width | 0, y, rowHeight - 1);
      if (rowHeight >= 11) this.label(row, y);
      this.marks(row, y, rowHeight - 1);
    });
    for (const [i, color] of [[this.found, colors.mark], [this.hover, colors.ink]]) {
      if (i >= 0) {
        g.strokeStyle = color; g.lineWidth = 2;
        g.strokeRect(this.x(data.start[i]), tops[data.row[i]] - top, Math.max(2, this.x(data.end[i]) - this.x(data.start[i])), rowHeight - 1);
      }
    }
    this.axis(by);
    this.drawMap();
    this.range.textContent = `${position(from, by / 100)} – ${position(to, by / 100)} of ${text(data.length)}`;
  }

  /** The axis is drawn last, over the rows that were scrolled under it. */
  axis(by) {
    const {g, colors, width} = this, {from, to} = this.view;
    g.fillStyle = colors.paper; g.fillRect(0, 0, width, AXIS);
    g.fillStyle = colors.ink;
    for (let t = Math.ceil(from / by) * by; t <= to; t += by) g.fillText(position(t, by), this.x(t) + 3, 5);
  }

  fitted(s) {
    const most = Math.max(8, this.width / 6.2 | 0), all = [...s];
    return all.length > most ? all.slice(0, most - 1).join('') + '…' : s;
  }

  label(row, y) {
    const {data, g, colors} = this, {from, to} = this.view;
    let shown = 0;
    for (let k = firstAfter(data, row.spans, from); k < row.spans.length && data.start[row.spans[k]] < to && shown < 400; k++) {
      const i = row.spans[k], left = Math.max(0, this.x(data.start[i])), room = Math.min(this.width, this.x(data.end[i])) - left - 12;
      if (room <= 24) continue;
      const all = [...this.nameOf(i)], most = room / 6.2 | 0;
      g.fillStyle = this.match && !this.match[data.name[i]] ? colors.ink : colors.on;
      g.fillText(all.length > most ? all.slice(0, most - 1).join('') + '…' : all.join(''), left + 3, y + (this.rowHeight - 12) / 2);
      shown++;
    }
  }

  describe(i) {
    const {data} = this, ending = data.ending[i] ? `, ${data.endings[data.ending[i]]}` : '';
    return `${this.nameOf(i)}\n${text(data.end[i] - data.start[i])} from ${text(data.start[i])}${ending}\n${data.lanes[data.rows[data.row[i]].lane]}`;
  }
}
