// The map of teams, drawn from the rows that the list beside it is made of. The page is its list without this
// file, or without d3-hierarchy.
(() => {
  "use strict";
  if (!window.d3 || !d3.pack) return;
  const rim = (r) => Math.min(13, r * .24); // of a lead that nobody has, where its name stands inside
  const largest = 100; // of a lead: one alone does not fill its team
  const band = 19; // below the rim of a team, for its name
  const drawn = new Map(); // where each ring was drawn last
  let chose = ""; // where the last choice was made: in the map or in the list

  const el = (name, attributes = {}, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  };
  const set = (shape, attributes) => { for (const key in attributes) shape.setAttribute(key, attributes[key]); };
  const narrow = () => matchMedia("(max-width: 759px)").matches;
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pen = document.createElement("canvas").getContext("2d");
  const width = (words) => pen.measureText(words).width;

  // Rings in a ring around nought. What d3 leaves between rings is less than it is asked for: it is asked again.
  const packed = (data, across, roomy) => {
    const tree = d3.hierarchy(data, (d) => d.within).sum((d) => d.within ? 0 : d.size).sort((a, b) => b.value - a.value);
    const many = tree.leaves().length > 120;
    let size = across;
    for (const more of [1, 1.2, 1.5, 2]) {
      const between = roomy ? many ? 4 : band / 2 * more : 4;
      const pack = () => d3.pack().size([size, size]).padding(between)(tree);
      pack();
      const most = Math.max(...tree.leaves().filter((n) => n.data.kind !== "circle").map((n) => n.r), 1);
      if (most > largest) { size *= largest / most; pack(); }
      if (!roomy || many || tree.descendants().every((n) => !n.children || n.children.every((c) => n.r - Math.hypot(c.x - n.x, c.y - n.y) - c.r > band - 1))) break;
    }
    const middle = size / 2;
    tree.each((n) => { n.x -= middle; n.y -= middle; });
    tree.r = across / 2;
    return tree;
  };
  // How far what lies in a ring reaches into the place of its name, at the top.
  const reaches = (n, angle) => {
    const half = Math.min(1.2, (n.data.name.length + 1) * 4 / n.r), near = n.r - band;
    let most = -n.r;
    for (let i = -4; i <= 4; i++) {
      const at = i / 4 * half - Math.PI / 2 - angle, x = n.x + near * Math.cos(at), y = n.y + near * Math.sin(at);
      for (const c of n.children) most = Math.max(most, c.r - Math.hypot(c.x - x, c.y - y));
    }
    return most;
  };
  // Turns what lies in a ring so that its name has room.
  const turn = (n) => {
    let best = 0, least = reaches(n, 0);
    for (let i = 1; i < 24 && least > 0; i++) {
      const angle = i * Math.PI / 12, reach = reaches(n, angle);
      if (reach < least) [best, least] = [angle, reach];
    }
    n.data.crowded = least > 3;
    if (!best) return;
    const sin = Math.sin(best), cos = Math.cos(best);
    n.descendants().slice(1).forEach((c) => {
      const x = c.x - n.x, y = c.y - n.y;
      c.x = n.x + x * cos - y * sin;
      c.y = n.y + x * sin + y * cos;
    });
  };

  // Where everything is: rings packed into one circle, and those beside it cropped at the corners.
  const layout = (data, wide, bleed) => {
    const across = data.zoomed && bleed ? wide * .903 : wide - bleed - 2;
    const cx = data.zoomed && bleed ? wide * .483 : bleed + (wide - bleed) / 2;
    const cy = across / 2 + 16;
    const roomy = !narrow();
    const top = packed(data.top, across, roomy);
    if (roomy) top.each((n) => { if (n.children) turn(n); });
    const rings = top.descendants().map((n) => ({ ...n.data, depth: n.depth, lead: n.data.kind !== "circle", x: n.x + cx, y: n.y + cy, r: n.r }));
    const r = across / 2, high = across + 36;
    const corners = [[wide + 36, cy - r * .72], [wide + 36, cy + r * .75], [-50, cy - r * .72], [-50, cy + r * .75]];
    const beside = (data.beside || []).slice(0, bleed ? 4 : 0).map((one, i) => {
      const [x, y] = corners[i];
      return { ...one, beside: true, depth: 1, x, y, r: Math.hypot(x - cx, y - cy) - r - 6 };
    });
    return { rings: beside.concat(rings), cx, cy, r, wide, high, roomy, zoomed: data.zoomed };
  };

  const led = (ring) => ["led", "paused", "reconsidered"].includes(ring.kind);

  // A ring is shapes that move together: put(x, y, r) places them.
  const shape = (ring, plan) => {
    if (ring.beside) return { ring, ...cropped(ring, plan) };
    const outer = el("circle", { class: ["ring", ring.kind, ring.depth ? "" : plan.zoomed ? "chosen" : "whole"].join(" ").trim() });
    const shapes = [outer];
    const named = ring.lead && plan.zoomed && plan.roomy ? fit(ring) : null;
    const up = named ? -named.length * 8.5 : 0;
    let inner, dot, bar, half;
    if (ring.kind === "open" && plan.zoomed && ring.r > 21) shapes.push(inner = el("circle", { class: "ring led" }));
    if (led(ring)) shapes.push(dot = el("circle", { class: "fill-dawn" }));
    if (ring.kind === "paused") shapes.push(bar = el("rect", { class: "fill-paper" }));
    if (ring.kind === "reconsidered") shapes.push(half = el("path", { class: "fill-paper" }));
    const put = (x, y, r) => {
      set(outer, { cx: x, cy: y, r });
      if (inner) set(inner, { cx: x, cy: y, r: Math.max(0, r - rim(r)) });
      const size = Math.min(plan.zoomed ? 6 : 4.5, r * .6);
      if (dot) set(dot, { cx: x, cy: y + up, r: size });
      if (bar) set(bar, { x: x - size * .6, y: y + up - size * .18, width: size * 1.2, height: size * .36 });
      if (half) set(half, { d: `M${x} ${y + up - size * .8}a${size * .8} ${size * .8} 0 0 1 0 ${size * 1.6}z` });
    };
    return { ring, shapes, put, named };
  };

  // A ring beside the chosen one is drawn as far as the map goes.
  const cropped = (ring, plan) => {
    const line = el("polyline", { class: "ring beside" });
    const put = (x, y, r) => {
      const within = (i) => {
        const px = x + r * Math.cos(i * Math.PI / 90), py = y + r * Math.sin(i * Math.PI / 90);
        return px >= 0 && px <= plan.wide && py >= 0 && py <= plan.high ? `${px.toFixed(1)},${py.toFixed(1)}` : "";
      };
      // It begins where it is furthest from the middle, which is outside.
      const from = Math.round(Math.atan2(y - plan.cy, x - plan.cx) * 90 / Math.PI);
      set(line, { points: Array.from({ length: 180 }, (_, i) => within(from + i)).filter(Boolean).join(" ") });
    };
    return { shapes: [line], put };
  };

  // The lines of a lead's name that fit into its ring, below its dot; null where they do not.
  const fit = (ring) => {
    const open = ring.kind === "open", dot = led(ring);
    const inside = ring.r - (open ? rim(ring.r) + 2 : 6);
    pen.font = "15px Newsreader, Georgia, serif";
    const words = ring.name.split(/\s+/);
    for (let n = 1; n <= 4; n++) {
      const half = (n * 17 - 4 + (dot ? 19 : 0)) / 2;
      if (half >= inside) return null;
      const room = 2 * Math.sqrt(inside * inside - half * half);
      const lines = [];
      for (const word of words) {
        const longer = lines.length ? lines[lines.length - 1] + " " + word : word;
        if (lines.length && width(longer) <= room) lines[lines.length - 1] = longer;
        else lines.push(word);
      }
      if (lines.length <= n && lines.every((line) => width(line) <= room)) return lines;
    }
    return null;
  };

  const link = (piece, plan) => {
    const { ring } = piece;
    if (!ring.url || ring.depth === 0 && !ring.beside) return el("g", { "aria-hidden": "true" }, ...piece.shapes);
    if (ring.lead) return el("a", { href: ring.url, tabindex: "-1", "aria-hidden": "true" }, el("title", {}, ring.name + ": " + ring.says), ...piece.shapes);
    return el("a", { href: ring.url, "data-chooses": "", "aria-label": ring.name + ": " + ring.says }, ...piece.shapes);
  };

  // Names are put where they have room, and left out where they have none: the list has them all.
  const names = (svg, pieces, plan) => {
    const into = el("g", { class: "names", "aria-hidden": "true" });
    svg.append(into);
    pieces.forEach(({ ring, named }, i) => {
      if (ring.beside) return aside(into, ring, plan);
      if (!ring.lead) return arc(into, ring, plan, "map-arc-" + i);
      if (ring.kind === "count") return inside(into, ring, fit(ring));
      if (named) inside(into, ring, named);
    });
    if (!plan.zoomed) leaders(into, pieces.map((p) => p.ring).filter((ring) => ring.lead), plan);
  };
  const inside = (into, ring, lines) => {
    if (!lines) return;
    const dot = led(ring);
    const first = ring.y - (lines.length - 1) * 8.5 + 5 + (dot ? 8.5 : 0);
    lines.forEach((line, i) => into.append(el("text", { class: "lead-name", x: ring.x, y: first + i * 17, "text-anchor": "middle" }, line)));
  };
  const arc = (into, ring, plan, id) => {
    const kind = ring.depth === 0 ? plan.zoomed ? "outer chosen" : "outer whole" : ring.depth === 1 ? "outer" : "deep";
    const text = el("text", { class: kind, "text-anchor": "middle" });
    if (!ring.within) { // nothing lies in it: its name does, across
      set(text, { x: ring.x, y: ring.y + 5 });
      text.append(ring.name);
      into.append(text);
      if (text.getComputedTextLength() > 2 * ring.r - 8) text.remove();
      return;
    }
    const r = ring.r - (ring.depth > 1 ? 14 : ring.depth ? 15 : 19);
    if (r <= 0 || ring.crowded) return;
    const along = el("path", { id, fill: "none", d: `M${ring.x - r} ${ring.y}A${r} ${r} 0 0 1 ${ring.x + r} ${ring.y}` });
    text.append(el("textPath", { href: "#" + id, startOffset: "50%" }, ring.name));
    into.append(along, text);
    if (text.getComputedTextLength() > r * 2.3) { along.remove(); text.remove(); }
  };
  const aside = (into, ring, plan) => {
    const left = ring.x < plan.cx;
    const text = el("text", { class: "outer whole", x: left ? 8 : plan.wide - 8, y: ring.y, "text-anchor": left ? "start" : "end" }, ring.name);
    into.append(text);
    const room = left ? ring.x + ring.r - 16 : plan.wide - (ring.x - ring.r) - 16;
    if (text.getComputedTextLength() > room) text.remove();
  };
  // How far a point is from the straight way between two others.
  const besides = (p, a, b) => {
    const dx = b.x - a.x, dy = b.y - a.y;
    const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
  };
  // Lines carry the names of what nobody leads out to the corners, the nearest to each that no other lead is in
  // the way of.
  const leaders = (into, leads, plan) => {
    const open = leads.filter((ring) => ring.kind === "open");
    const left = plan.cx - plan.r, right = plan.cx + plan.r, top = 18, bottom = plan.high - 8;
    const corners = [[left, top, "start"], [right, top, "end"], [left, bottom, "start"], [right, bottom, "end"]];
    const pairs = corners.flatMap((corner, c) => open.map((ring) => ({ c, corner, ring, far: Math.hypot(corner[0] - ring.x, corner[1] - ring.y) })));
    const taken = new Set();
    for (const { c, corner: [x, y, anchor], ring } of pairs.sort((a, b) => a.far - b.far)) {
      if (taken.has(c) || taken.has(ring.id)) continue;
      const text = el("text", { class: "lead-name", x, y, "text-anchor": anchor }, ring.name);
      into.append(text);
      const long = text.getComputedTextLength();
      const lowest = y < plan.cy ? y + 8 : y - 16;
      const free = plan.r - Math.sqrt(Math.max(0, plan.r ** 2 - (plan.cy - lowest) ** 2));
      if (long > free) { text.remove(); continue; }
      const from = { x: anchor === "start" ? x + Math.min(long, 60) : x - Math.min(long, 60), y: y < plan.cy ? y + 7 : y - 17 };
      if (leads.some((other) => other !== ring && besides(other, from, ring) < other.r + 2)) { text.remove(); continue; }
      const way = Math.hypot(from.x - ring.x, from.y - ring.y);
      into.append(el("line", { class: "leader", x1: from.x, y1: from.y, x2: ring.x + (from.x - ring.x) * ring.r / way, y2: ring.y + (from.y - ring.y) * ring.r / way }));
      taken.add(c).add(ring.id);
    }
  };

  // What was drawn before moves to where it is now, for 160 ms.
  const move = (pieces, then) => {
    const from = pieces.map(({ ring }) => drawn.get(ring.id));
    drawn.clear();
    pieces.forEach(({ ring }) => drawn.set(ring.id, ring));
    const place = (t) => pieces.forEach(({ ring, put }, i) => {
      const was = from[i] || ring, on = (a, b) => a + (b - a) * t;
      put(on(was.x, ring.x), on(was.y, ring.y), on(was.r, ring.r));
    });
    const moves = pieces.some(({ ring }, i) => from[i] && Math.hypot(from[i].x - ring.x, from[i].y - ring.y, from[i].r - ring.r) > 1);
    if (!moves || still()) { place(1); then(); return; }
    let began;
    const frame = (now) => {
      began ??= now;
      const t = Math.min(1, (now - began) / 160);
      place(1 - (1 - t) ** 3);
      if (t < 1) requestAnimationFrame(frame);
      else then();
    };
    place(0);
    requestAnimationFrame(frame);
  };

  const fonts = Promise.all(["15px Newsreader", "italic 17px Newsreader", "13px 'Hanken Grotesk'"].map((font) => document.fonts.load(font))).catch(() => {});
  const draw = async () => {
    await fonts;
    const figure = document.querySelector("figure[data-map]");
    if (!figure) { drawn.clear(); return; }
    const wide = Math.floor(figure.getBoundingClientRect().width);
    if (!wide) return;
    const bleed = Math.max(0, -parseFloat(getComputedStyle(figure).marginLeft) || 0);
    const data = JSON.parse(figure.dataset.map);
    const plan = layout(data, wide, bleed);
    const pieces = plan.rings.map((ring) => shape(ring, plan));
    const hatch = el("pattern", { id: "map-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      el("rect", { class: "fill-paper", width: 5, height: 5 }), el("line", { class: "line-water", x1: 1, y1: 0, x2: 1, y2: 5, "stroke-width": 1.4 }));
    const svg = el("svg", { viewBox: `0 0 ${wide} ${plan.high}`, width: wide, height: plan.high, role: "group", tabindex: "-1", "aria-label": data.zoomed ? "Map of " + data.top.name : "Map of all" },
      el("defs", {}, hatch), ...pieces.map((piece) => link(piece, plan)));
    figure.querySelector(".drawn").replaceChildren(svg);
    figure.dataset.wide = String(wide);
    sizes.observe(figure);
    move(pieces, () => { if (plan.roomy && svg.isConnected) names(svg, pieces, plan); figure.dataset.ready = "yes"; });
    if (chose === "map") svg.focus({ preventScroll: true });
    if (chose === "list") document.querySelector(".teams h1").focus();
    chose = "";
  };
  const sizes = new ResizeObserver(([entry]) => {
    const figure = entry.target;
    if (figure.isConnected && Math.floor(figure.getBoundingClientRect().width) !== Number(figure.dataset.wide)) { drawn.clear(); draw(); }
  });

  // Choosing, in the map or in the list, is going to an address; with htmx in place.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-chooses]");
    if (!link || !window.htmx || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    chose = link.closest("figure") ? "map" : "list";
    link.setAttribute("hx-push-url", "true");
    htmx.ajax("GET", link.getAttribute("href"), { source: link, target: "#main", select: "#main", swap: "outerHTML show:none" });
  });
  for (const kind of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(kind, (event) => {
    if (event.detail.elt.matches("a[data-chooses]")) location.assign(event.detail.elt.getAttribute("href"));
  });
  document.addEventListener("htmx:load", (event) => { if (event.target.querySelector && event.target.querySelector("figure[data-map]")) draw(); });
  document.addEventListener("htmx:historyRestore", draw);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw);
  else draw();
})();
