// Mouse, fingers, keys and the search.

Object.assign(Page.prototype, {
  /** The span at a point of the chart, or the nearest within three pixels; -1 if there is none. */
  at(px, py) {
    const {data, tops, rowHeight} = this, y = py + this.scroll.scrollTop;
    if (py < AXIS) return -1;
    const r = tops.findLastIndex(top => top <= y);
    if (r < 0 || y > tops[r] + rowHeight) return -1;
    const spans = data.rows[r].spans, t = this.time(px), k = firstAfter(data, spans, t), slack = this.time(px + 3) - t;
    if (k < spans.length && data.start[spans[k]] - slack <= t) return spans[k];
    return k > 0 && data.end[spans[k - 1]] + slack > t ? spans[k - 1] : -1;
  },

  /** The lane whose label is at a height of the chart; -1 if there is none. */
  laneAt(py) {
    const y = py + this.scroll.scrollTop, r = this.tops.findIndex(top => y >= top - LABEL && y < top);
    return py < AXIS || r < 0 ? -1 : this.data.rows[r].lane;
  },

  show(i, px, py) {
    if (i !== this.hover) { this.hover = i; this.redraw(); }
    const lane = i < 0 && py !== undefined ? this.laneAt(py) : -1;
    this.tip.hidden = i < 0 && lane < 0;
    if (this.tip.hidden) return;
    this.tip.textContent = i >= 0 ? this.describe(i) : this.data.lanes[lane];
    const below = this.scroll.offsetTop + py + 16;
    this.tip.style.left = Math.max(0, Math.min(px + 12, this.width - this.tip.offsetWidth - 4)) + 'px';
    this.tip.style.top = below + 'px';
  },

  select(i) {
    this.found = i;
    this.details.textContent = i < 0 ? 'Click a span for its details.' : this.describe(i);
    if (i >= 0) {
      const top = this.tops[this.data.row[i]];
      if (top < this.scroll.scrollTop + AXIS + LABEL || top + this.rowHeight > this.scroll.scrollTop + this.shown) this.scroll.scrollTop = top - this.shown / 2;
    }
    this.redraw();
  },

  find(query) {
    const q = query.trim().toLowerCase(), {data} = this;
    this.match = q ? Uint8Array.from(data.names, n => n[0].toLowerCase().includes(q) ? 1 : 0) : null;
    this.mapped = null;
    let n = 0;
    if (q) for (let i = 0; i < data.count; i++) n += this.match[data.name[i]];
    this.count.textContent = q ? `${n} ${n === 1 ? 'span' : 'spans'}` : '';
    this.select(-1);
  },

  toNext() { // the next match by start, after the one shown; then from the first again
    if (!this.match) return;
    const {data} = this, after = this.found < 0 ? -1 : data.start[this.found];
    let best = -1, first = -1;
    for (let i = 0; i < data.count; i++) {
      if (!this.match[data.name[i]]) continue;
      const later = data.start[i] > after || data.start[i] === after && i > this.found;
      if (later && (best < 0 || data.start[i] < data.start[best])) best = i;
      if (first < 0 || data.start[i] < data.start[first]) first = i;
    }
    this.jump(best < 0 ? first : best);
  },

  jump(i) {
    if (i < 0) return;
    const {data} = this, mid = (data.start[i] + data.end[i]) / 2;
    const span = Math.min(data.length, Math.max((data.end[i] - data.start[i]) * 20, 100));
    this.look(panned({from: mid - span / 2, to: mid + span / 2}, data.length, 0));
    this.select(i);
  },

  beside(by) { // the span before or after the one shown, in its row
    if (this.found < 0) { this.jump(this.data.count ? 0 : -1); return; }
    const spans = this.data.rows[this.data.row[this.found]].spans, k = spans.indexOf(this.found) + by;
    if (k >= 0 && k < spans.length) this.jump(spans[k]);
  },

  zoom(factor, px = this.width / 2) { this.look(zoomed(this.view, this.data.length, this.time(px), factor)); },

  pan(share) { this.look(panned(this.view, this.data.length, share * (this.view.to - this.view.from))); },

  all() { this.look({from: 0, to: this.data.length}); },

  listen() {
    const {canvas, search, scroll} = this, $ = id => document.getElementById(id);
    canvas.addEventListener('wheel', e => {
      if (e.shiftKey) return; // scrolls the lanes
      e.preventDefault();
      if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) this.pan(e.deltaX / this.width);
      else this.zoom(Math.exp(Math.max(-200, Math.min(200, e.deltaY)) * 0.002), e.offsetX);
    }, {passive: false});
    this.drag();
    scroll.addEventListener('scroll', () => this.redraw());
    const toMap = e => {
      if (!e.buttons) return;
      const {data} = this, half = (this.view.to - this.view.from) / 2, t = e.offsetX / this.width * data.length;
      this.look(panned({from: t - half, to: t + half}, data.length, 0));
    };
    this.map.addEventListener('pointerdown', toMap); this.map.addEventListener('pointermove', toMap);
    addEventListener('keydown', e => this.key(e));
    search.addEventListener('input', () => this.find(search.value));
    $('in').addEventListener('click', () => this.zoom(0.5));
    $('out').addEventListener('click', () => this.zoom(2));
    $('all').addEventListener('click', () => this.all());
    addEventListener('resize', () => { this.resize(); this.redraw(); });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { this.retheme(); this.redraw(); });
  },

  drag() {
    const {canvas, scroll} = this, down = new Map();
    let moved = false;
    canvas.addEventListener('pointerdown', e => { canvas.setPointerCapture(e.pointerId); down.set(e.pointerId, [e.offsetX, e.offsetY]); moved = false; });
    canvas.addEventListener('pointermove', e => {
      if (!down.has(e.pointerId)) { this.show(this.at(e.offsetX, e.offsetY), e.offsetX, e.offsetY); return; }
      const before = [...down.values()];
      if (Math.hypot(e.offsetX - before[0][0], e.offsetY - before[0][1]) < 3 && !moved && down.size === 1) return;
      moved = true;
      down.set(e.pointerId, [e.offsetX, e.offsetY]);
      const now = [...down.values()];
      if (now.length === 2) { // a pinch
        const factor = Math.abs(before[0][0] - before[1][0]) / Math.max(1, Math.abs(now[0][0] - now[1][0]));
        this.zoom(factor, (now[0][0] + now[1][0]) / 2);
      } else {
        if (e.pointerType === 'mouse') scroll.scrollTop += before[0][1] - now[0][1];
        this.pan((before[0][0] - now[0][0]) / this.width);
      }
    });
    for (const type of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(type, e => {
        down.delete(e.pointerId);
        if (type === 'pointerup' && !moved) this.select(this.at(e.offsetX, e.offsetY));
      });
    }
    canvas.addEventListener('pointerleave', () => this.show(-1));
  },

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const {search} = this;
    if (e.target === search) {
      if (e.key === 'Enter') this.toNext();
      if (e.key === 'Escape') { search.value = ''; this.find(''); search.blur(); }
      return;
    }
    if (e.target.closest?.('button, summary')) return;
    const actions = {ArrowLeft: () => this.pan(-0.2), ArrowRight: () => this.pan(0.2), '+': () => this.zoom(0.5), '=': () => this.zoom(0.5),
      '-': () => this.zoom(2), 0: () => this.all(), '/': () => search.focus(), n: () => this.toNext(),
      '[': () => this.beside(-1), ']': () => this.beside(1)};
    if (actions[e.key]) { e.preventDefault(); actions[e.key](); }
  },
});

async function start() {
  const packed = document.getElementById('data').textContent.trim();
  const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const page = new Page(decode(new Uint8Array(await new Response(stream).arrayBuffer())));
  page.listen();
  window.timeline = page; // for the console, and for tests
}

start().catch(e => { document.getElementById('details').textContent = `The diagram could not be drawn: ${e}`; });
