"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const unpack = (column) => (Array.isArray(column) ? column : column.at.map((i) => column.cells[i]));
  const unpackAll = (table) => Object.fromEntries(Object.entries(table).map(([name, column]) => [name, unpack(column)]));
  const data = JSON.parse($("data").textContent);
  const claims = unpackAll(data.claims);
  const documents = unpackAll(data.documents);
  const { name: names, short: shortNames } = data.claimants;
  const pairs = unpackAll(data.pairs);
  const count = claims.id.length;
  const DAY = 86400000;

  /* ---- small things ---- */
  const whole = new Intl.NumberFormat("en");
  const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const longFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const dayText = (day) => (day === null ? "" : dayFormat.format(day * DAY));
  const longDay = (day) => longFormat.format(day * DAY);
  const dayOf = (text) => (text ? Math.round(Date.parse(text + "T00:00:00Z") / DAY) : null);
  const plural = (n, one, many) => `${whole.format(n)} ${n === 1 ? one : many}`;
  const narrow = window.matchMedia("(max-width: 48rem)");

  /* Elements are made, never parsed: no cell of the data can become markup. */
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "class") element.className = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }
  const languageOf = (i) => documents.language[claims.document[i]];
  const figureText = (i) => make("bdi", { lang: languageOf(i), dir: "auto" }, claims.figure[i]);
  function sentenceOf(i) {
    const parts = [claims.before[i]];
    if (claims.figure[i]) parts.push(figureText(i), claims.after[i]);
    return parts;
  }
  function documentLink(d, text) {
    const label = make("bdi", { lang: text ? null : documents.language[d], dir: "auto" }, text || documents.title[d]);
    const url = documents.url[d];
    return url ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label) : label;
  }
  const publishedText = (d) => documents.published[d] || "undated";

  const idOf = (i) => `${documents.id[claims.document[i]]}-${claims.id[i]}`;

  /* A figure as a number, in the digits of the page, where a claim has one. */
  function reading(i) {
    if (claims.value[i] !== null) return whole.format(claims.value[i]);
    if (claims.low[i] !== null && claims.high[i] !== null) return `${whole.format(claims.low[i])}–${whole.format(claims.high[i])}`;
    return claims.vague[i] || "";
  }
  const digits = (text) => text.replace(/[^0-9]/g, "");
  const height = (i) => claims.value[i] || claims.high[i] || claims.low[i] || 0;

  /* The claims of one assertion, the origin first. */
  const members = new Map();
  claims.origin.forEach((origin, i) => (members.has(origin) ? members.get(origin) : members.set(origin, []).get(origin)).push(i));
  const carriers = (i) => members.get(claims.origin[i]);
  const documentsOf = (list) => new Set(list.map((i) => claims.document[i])).size;

  /* ---- the table of claims ---- */
  const plainDigits = (text) => text.normalize("NFKC").replace(/[٠-٩۰-۹]/g, (c) => String(c.charCodeAt(0) & 15));
  const fold = (text) => plainDigits(text).toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const haystacks = [];
  function haystack(i) {
    if (haystacks[i] === undefined) {
      const d = claims.document[i];
      haystacks[i] = fold([claims.before[i], claims.figure[i], claims.after[i], height(i) || "", reading(i), claims.basis[i], claims.period[i],
        claims.type[i], documents.publisher[d], documents.title[d], idOf(i)].join(" "));
    }
    return haystacks[i];
  }
  const matches = (i, words) => words.every((word) => haystack(i).includes(word));

  const COLUMNS = [
    { key: "figure", title: "Figure as worded", order: (i) => height(i) || null, down: true },
    { key: "who", title: "Who", order: (i) => fold(names[claims.who[i]]) },
    { key: "whom", title: "Of whom", order: (i) => `${claims.done[i]} ${claims.whom[i]}` },
    { key: "basis", title: "Called, and based on", order: (i) => claims.basis[i] || null },
    { key: "period", title: "Period", order: (i) => claims.start[i] ?? claims.period[i] },
    { key: "asof", title: "As of", order: (i) => claims.asof[i], down: true },
    { key: "forces", title: "Forces", label: "Security forces in or out", order: (i) => claims.forces[i] || null },
    { key: "first", title: "First seen", order: (i) => claims.first[i], down: true },
    { key: "carried", hidden: true, label: "Documents that carry it", order: (i) => documentsOf(carriers(i)), down: true },
    { key: "link", title: "Document", order: (i) => fold(documents.publisher[claims.document[i]]) },
  ];
  const state = { sort: "carried", down: true, page: 0, only: null, open: new Set() };
  const form = $("filters");
  const body = document.querySelector("#claims-table tbody");
  const head = document.querySelector("#claims-table thead tr");
  const perPage = () => (narrow.matches ? 10 : 25);
  let found = [];

  function compare(a, b) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
    return state.down ? -order : order;
  }
  function select() {
    const words = fold($("search").value).split(/\s+/).filter(Boolean);
    /* 3,117 and 3.117 are looked for as 3117 too */
    const needles = words.map((word) => (/^\d{1,3}([.,]\d{3})+$/.test(word) ? digits(word) : word));
    const who = $("who").value, type = $("type").value, whom = $("whom").value, forces = $("forces").value;
    const from = dayOf($("from").value), until = dayOf($("until").value), origins = $("origins").checked;
    const column = COLUMNS.find((c) => c.key === state.sort);
    found = [];
    for (let i = 0; i < count; i++) {
      if (state.only ? !state.only.has(i) : origins && claims.origin[i] !== i) continue;
      if (who !== "" && claims.who[i] !== Number(who)) continue;
      if (type && claims.type[i] !== type) continue;
      if (whom && claims.whom[i] !== whom) continue;
      if (forces && claims.forces[i] !== forces) continue;
      if (from !== null && (claims.asof[i] === null || claims.asof[i] < from)) continue;
      if (until !== null && (claims.asof[i] === null || claims.asof[i] > until)) continue;
      if (needles.length && !matches(i, needles)) continue;
      found.push(i);
    }
    const keys = new Map(found.map((i) => [i, column.order(i)]));
    found.sort((a, b) => compare(keys.get(a), keys.get(b)) || (claims.asof[b] ?? 0) - (claims.asof[a] ?? 0) || a - b);
    state.page = 0;
    drawTable();
  }
  function drawTable() {
    const size = perPage();
    const pages = Math.max(1, Math.ceil(found.length / size));
    state.page = Math.min(state.page, pages - 1);
    const rows = found.slice(state.page * size, (state.page + 1) * size);
    body.replaceChildren(...rows.flatMap((i) => (state.open.has(i) ? [rowOf(i), moreOf(i)] : [rowOf(i)])));
    if (!rows.length) body.append(make("tr", { role: "row" }, make("td", { role: "cell", colspan: head.children.length, class: "empty" }, "No claim fits these filters.")));
    const status = [make("span", {}, `${plural(found.length, "row", "rows")} of ${plural(count, "claim", "claims")}`)];
    if (state.only) status.push(make("button", { type: "button", class: "plain", onclick: () => ((state.only = null), select()) }, "Show all claims again"));
    $("shown").replaceChildren(...status);
    const turn = (by, text) => make("button", { type: "button", class: "plain", disabled: state.page + by < 0 || state.page + by >= pages, onclick: () => turnPage(by) }, text);
    $("pager").replaceChildren(turn(-1, "Previous"), make("span", {}, `Page ${whole.format(state.page + 1)} of ${whole.format(pages)}`), turn(1, "Next"));
    for (const cell of head.children) {
      const sorted = cell.dataset.key === state.sort;
      if (sorted) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    $("sort").value = `${state.sort} ${state.down ? "down" : "up"}`;
  }
  function turnPage(by) {
    state.page += by;
    drawTable();
    $("claims-table").scrollIntoView({ block: "start" });
    const again = [...$("pager").querySelectorAll("button")][by < 0 ? 0 : 1];
    (again.disabled ? $("pager").querySelector("button:enabled") : again)?.focus({ preventScroll: true });
  }
  function rowOf(i) {
    const d = claims.document[i];
    const read = reading(i);
    const plain = languageOf(i).startsWith("en") && claims.vague[i] === null ? "" : read;
    const cell = (key, label, ...children) =>
      make("td", { role: "cell", class: `c-${key}${children.some((c) => c && c !== "") ? "" : " void"}` }, make("span", { class: "label" }, label), ...children);
    const toggle = make("button", { type: "button", "aria-expanded": String(state.open.has(i)), onclick: () => open(i), id: `claim-${i}` },
      claims.figure[i] ? figureText(i) : make("span", { class: "none-given" }, "no figure"));
    const copies = documentsOf(carriers(i));
    return make("tr", { role: "row", class: state.open.has(i) ? "open" : "" },
      make("td", { role: "cell", class: "figure" }, toggle, plain && digits(plain) !== digits(claims.figure[i]) | !digits(claims.figure[i]) ? make("span", { class: "soft" }, plain) : null),
      cell("who", "", make("span", { class: "claimant" }, names[claims.who[i]])),
      cell("whom", "", `${claims.done[i]}: ${claims.whom[i]}`),
      cell("basis", "Called, based on", claims.basis[i]),
      cell("period", "Period", claims.period[i]),
      cell("asof", "As of", claims.day[i]),
      cell("forces", "Security forces", claims.forces[i]),
      cell("first", "First seen", dayText(claims.first[i])),
      cell("link", "Document", documentLink(d, documents.publisher[d]), copies > 1 ? make("span", { class: "soft small" }, ` +${whole.format(copies - 1)}`) : null));
  }
  function moreOf(i) {
    const list = carriers(i);
    const d = claims.document[i];
    const items = [];
    if (list.length > 1) {
      items.push(make("li", {}, `${plural(documentsOf(list), "document carries", "documents carry")} this assertion; its origin here is ${documents.publisher[claims.document[claims.origin[i]]]}: `,
        documentLink(claims.document[claims.origin[i]])));
    }
    items.push(make("li", {}, "Document: ", documentLink(d), `, ${documents.publisher[d]}, ${publishedText(d)}`));
    const against = contradictionsOf(claims.origin[i]);
    if (against) items.push(make("li", {}, make("button", { type: "button", class: "plain small", onclick: () => showPairs(claims.who[i], null) }, `Stands in ${plural(against, "contradiction", "contradictions")} listed below`)));
    items.push(make("li", { class: "soft" }, "Claim ", make("a", { href: `#claim=${idOf(i)}` }, idOf(i))));
    return make("tr", { role: "row", class: "more" }, make("td", { role: "cell", colspan: head.children.length }, make("p", { class: "sentence" }, ...sentenceOf(i)), make("ul", {}, ...items)));
  }
  function open(i) {
    if (!state.open.delete(i)) state.open.add(i);
    drawTable();
    $(`claim-${i}`)?.focus({ preventScroll: true });
  }
  function sortBy(key, down) {
    state.down = down ?? (state.sort === key ? !state.down : Boolean(COLUMNS.find((c) => c.key === key).down));
    state.sort = key;
    select();
  }
  function showOnly(list) {
    form.reset();
    state.only = new Set(list);
    state.open = new Set(list.length === 1 ? list : []);
    select();
    $("claims").scrollIntoView();
    $("shown").querySelector("button").focus({ preventScroll: true });
  }
  /* #claim=ID in the address leads to one claim. */
  function followAddress() {
    const id = /^#claim=(.+)$/.exec(location.hash)?.[1];
    if (!id) return;
    const i = claims.id.findIndex((_, k) => idOf(k) === id);
    if (i >= 0) showOnly([i]);
  }
  function options(element, list) {
    element.append(...list.map(([value, text]) => make("option", { value }, text)));
  }
  function tally(column) {
    const counts = new Map();
    for (const cell of column) counts.set(cell, (counts.get(cell) || 0) + 1);
    return [...counts];
  }
  function startTable() {
    const byName = (a, b) => names[a[0]].localeCompare(names[b[0]], "en");
    options($("who"), tally(claims.who).sort(byName).map(([w, n]) => [w, `${names[w]} (${whole.format(n)})`]));
    options($("whom"), tally(claims.whom).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([w, n]) => [w, `${w} (${whole.format(n)})`]));
    for (const column of COLUMNS.filter((c) => !c.hidden)) {
      const button = make("button", { type: "button", title: column.label, onclick: () => sortBy(column.key) }, column.title);
      head.append(make("th", { role: "columnheader", scope: "col", "data-key": column.key, class: `c-${column.key}${column.key === "figure" ? " num" : ""}` }, button));
    }
    options($("sort"), COLUMNS.flatMap((c) => [[`${c.key} ${c.down ? "down" : "up"}`, `${c.label || c.title}${c.down ? ", most or latest first" : ""}`], [`${c.key} ${c.down ? "up" : "down"}`, `${c.label || c.title}${c.down ? ", least or earliest first" : ", reversed"}`]]));
    $("sort").addEventListener("change", () => { const [key, way] = $("sort").value.split(" "); sortBy(key, way === "down"); });
    let typing;
    $("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(select, 120); });
    for (const id of ["who", "type", "whom", "forces", "from", "until", "origins"]) $(id).addEventListener("change", select);
    form.addEventListener("submit", (event) => { event.preventDefault(); select(); });
    form.addEventListener("reset", () => setTimeout(() => { if (!state.only) select(); }));
    form.querySelector("[type=reset]").addEventListener("click", () => { state.only = null; });
    narrow.addEventListener("change", drawTable);
    select();
  }

  /* ---- echoes ---- */
  const FIGURES = 8;
  let figuresShown = FIGURES;
  function figureItem([documentCount, origins]) {
    const i = origins[0][0];
    const details = make("details", {});
    const number = reading(i);
    details.append(make("summary", {},
      make("span", { class: `n${claims.value[i] === null && claims.low[i] === null ? " vague" : ""}` }, number),
      make("span", { class: "w" }, `${claims.type[i]}${claims.period[i].includes(" · ") ? ", " + claims.period[i].split(" · ").slice(1).join(" · ") : ""} `, make("span", { class: "soft" }, mouths(origins))),
      make("span", { class: "m" }, make("b", {}, plural(documentCount, "document", "documents")), `, ${plural(origins.length, "origin", "origins")}`)));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(make("ul", { class: "tree" }, ...origins.map(originItem)));
    });
    return make("li", {}, details);
  }
  /* Who gave it, those in most documents first. */
  function mouths(origins) {
    const counts = new Map();
    for (const list of origins) counts.set(claims.who[list[0]], (counts.get(claims.who[list[0]]) || 0) + list.length);
    const order = [...counts].sort((a, b) => b[1] - a[1]).map(([who]) => shortNames[who]);
    return order.length > 4 ? `${order.slice(0, 3).join(", ")} and ${order.length - 3} more` : order.join(", ");
  }
  function carrierItem(i) {
    const d = claims.document[i];
    const slip = claims.slip[i] === null ? null : make("span", { class: "slip" }, " with a slip: ");
    return make("li", {}, make("b", {}, documents.publisher[d]), `, ${publishedText(d)}: `, slip, "“", figureText(i), "” — ", documentLink(d));
  }
  function originItem([origin, ...others]) {
    const d = claims.document[origin];
    const wrong = carriers(origin).flatMap((i) => slipsOf.get(i) || []);
    const item = make("li", {}, make("p", {}, make("b", {}, names[claims.who[origin]]), ", of ", `${claims.whom[origin]} ${claims.done[origin]}`,
      claims.day[origin] && `, as of ${claims.day[origin].replace(/^by /, "at the latest ")}`, ": “", figureText(origin), "” — ", documentLink(d, documents.publisher[d]), `, ${publishedText(d)}`));
    const list = [...others, ...wrong];
    if (list.length) item.append(make("ul", { "aria-label": "Documents that repeat it" }, ...list.map(carrierItem)));
    return item;
  }
  const slipsOf = new Map();
  claims.slip.forEach((of, i) => of !== null && slipsOf.set(of, [...(slipsOf.get(of) || []), i]));
  function drawFigures() {
    const words = fold($("figure-search").value).split(/\s+/).filter(Boolean).map((w) => (/\d/.test(w) ? digits(w) : w));
    const fits = ([, origins]) => words.every((w) => origins.some((list) => (/^\d+$/.test(w) ? [claims.value, claims.low, claims.high].some((c) => String(c[list[0]]) === w) : matches(list[0], [w]))));
    const chosen = words.length ? data.figures.filter(fits) : data.figures;
    $("figures").replaceChildren(...chosen.slice(0, figuresShown).map(figureItem));
    $("figures-shown").textContent = chosen.length ? `${whole.format(Math.min(figuresShown, chosen.length))} of ${plural(chosen.length, "figure", "figures")}, those in most documents first` : "No figure in more than one document fits.";
    $("more-figures").hidden = chosen.length <= figuresShown;
  }
  function startEchoes() {
    $("figure-search").addEventListener("input", () => { figuresShown = FIGURES; drawFigures(); });
    $("more-figures").addEventListener("click", () => growList("figures", figuresShown, () => { figuresShown += 24; drawFigures(); }));
    drawFigures();
  }
  function growList(id, shown, grow) {
    grow();
    const next = $(id).children[shown];
    const target = next?.querySelector("summary, a, button") || next;
    if (target) { if (target === next) next.tabIndex = -1; target.focus({ preventScroll: true }); }
  }

  /* ---- consistency ---- */
  const PAIRS = 10;
  let pairsShown = PAIRS;
  let pairOf = null;
  const contradicting = new Map();
  for (const column of [pairs.floor, pairs.ceiling]) for (const i of column) contradicting.set(i, (contradicting.get(i) || 0) + 1);
  const contradictionsOf = (origin) => contradicting.get(origin) || 0;
  function pairItem(k) {
    const floor = pairs.floor[k], ceiling = pairs.ceiling[k];
    const low = claims.low[floor], high = claims.high[ceiling];
    const same = claims.who[floor] === claims.who[ceiling];
    const people = claims.whom[floor] === claims.whom[ceiling] ? claims.whom[floor] : `${claims.whom[floor]} and ${claims.whom[ceiling]}`;
    const where = claims.period[floor].split(" · ").slice(1).join(" · ");
    const other = same ? "the same claimant" : names[claims.who[ceiling]];
    const text = `By the claim of ${names[claims.who[floor]]}, at least ${whole.format(low)} were ${claims.done[floor]} by ${longDay(claims.asof[floor])}; by that of ${other}, at most ${whole.format(high)} by ${longDay(claims.asof[ceiling])}`;
    const reason = claims.asof[floor] === claims.asof[ceiling] ? "as both speak of one day" : "as the number so far cannot fall";
    const assumes = pairs.assumes[k] ? ` It is assumed that both mean the same where a claim does not say: ${pairs.assumes[k]}.` : " Nothing has to be assumed.";
    const behind = make("button", { type: "button", class: "plain small", onclick: () => showOnly([floor, ceiling]) }, "See both claims");
    return make("li", {}, make("p", { class: "versus" }, `${whole.format(low)}+`, make("span", {}, " ≠ "), `≤${whole.format(high)}`),
      make("div", {}, make("p", {}, `${text}: both cannot hold, ${reason}.`), make("p", { class: "soft" }, `Of ${people}${where ? `, ${where}` : ""}.${assumes} Carried by ${plural(documentsOf(carriers(floor)), "document", "documents")} and by ${whole.format(documentsOf(carriers(ceiling)))}. `, behind)));
  }
  function drawPairs() {
    const who = $("pair-who").value === "" ? null : Number($("pair-who").value);
    const plain = $("pair-plain").checked;
    const chosen = [];
    for (let k = 0; k < pairs.floor.length; k++) {
      if (plain && pairs.assumes[k]) continue;
      const a = claims.who[pairs.floor[k]], b = claims.who[pairs.ceiling[k]];
      if (who !== null && a !== who && b !== who) continue;
      if (pairOf && !((a === pairOf[0] && b === pairOf[1]) || (a === pairOf[1] && b === pairOf[0]))) continue;
      chosen.push(k);
    }
    $("pairs").replaceChildren(...chosen.slice(0, pairsShown).map(pairItem));
    const status = [make("span", {}, chosen.length ? `${whole.format(Math.min(pairsShown, chosen.length))} of ${plural(chosen.length, "contradiction", "contradictions")}${pairOf ? ` between ${[...new Set(pairOf)].map((w) => names[w]).join(" and ")}` : ""}` : "No contradiction fits.")];
    if (pairOf) status.push(make("button", { type: "button", class: "plain", onclick: () => { pairOf = null; drawPairs(); } }, "Show all again"));
    $("pairs-shown").replaceChildren(...status);
    $("more-pairs").hidden = chosen.length <= pairsShown;
  }
  function showPairs(one, other) {
    pairsShown = PAIRS;
    $("pair-plain").checked = false;
    $("pair-who").value = other === null ? String(one) : "";
    pairOf = other === null ? null : [one, other];
    drawPairs();
    $("pairs-shown").scrollIntoView({ block: "center" });
    $("pairs-shown").querySelector("button")?.focus({ preventScroll: true });
  }
  function startPairs() {
    const involved = new Set([...pairs.floor, ...pairs.ceiling].map((i) => claims.who[i]));
    options($("pair-who"), [...involved].sort((a, b) => names[a].localeCompare(names[b], "en")).map((w) => [w, names[w]]));
    for (const id of ["pair-who", "pair-plain"]) $(id).addEventListener("change", () => { pairsShown = PAIRS; pairOf = null; drawPairs(); });
    $("more-pairs").addEventListener("click", () => growList("pairs", pairsShown, () => { pairsShown += 30; drawPairs(); }));
    for (const button of document.querySelectorAll("[data-pair]")) button.addEventListener("click", () => showPairs(...button.dataset.pair.split(",").map(Number)));
    drawPairs();
  }

  /* ---- charts ---- */
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const touch = window.matchMedia("(hover: none)");
  const views = new Map();
  const colourOf = (who) => data.coloured.indexOf(who) + 1;
  const tip = $("tip");
  let picked = -1;

  /* A specification names colours as the style sheet does: $ink is --ink. */
  function coloured(value, style) {
    if (typeof value === "string" && value.startsWith("$")) return value === "$schema" ? value : style.getPropertyValue("--" + value.slice(1)).trim();
    if (Array.isArray(value)) return value.map((v) => coloured(v, style));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, coloured(v, style)]));
    return value;
  }
  function ladderData(chart, specification, large, tall) {
    const marks = chart.marks.map((same) => {
      const i = same[0];
      return { i, same, t: claims.asof[i] * DAY, y: height(i), lo: claims.low[i], hi: claims.high[i], c: claims.who[i], s: colourOf(claims.who[i]), shape: claims.shape[i], hollow: Boolean(claims.hollow[i]), faint: Boolean(claims.faint[i]) };
    });
    marks.sort((a, b) => Math.sign(a.s) - Math.sign(b.s) || b.s - a.s);
    const lines = chart.lines.flatMap(([c, list]) => list.map((i) => ({ c, s: colourOf(c), t: claims.asof[i] * DAY, y: height(i) })));
    const scale = specification.layer[0].encoding.y.scale.domain.map(Math.log10);
    const [start, end] = data.span.map((day) => day * DAY);
    const toPixel = (y) => tall * (1 - (Math.log10(y) - scale[0]) / (scale[1] - scale[0]));
    const toCount = (pixel) => 10 ** (scale[0] + (1 - pixel / tall) * (scale[1] - scale[0]));
    /* One direct label for each coloured claimant, at its last mark, pushed apart where they would overlap. */
    const last = new Map();
    for (const mark of marks) {
      if (!mark.s || mark.hollow || mark.faint) continue;
      const before = last.get(mark.c);
      if (!before || mark.t > before.t || (mark.t === before.t && mark.y > before.y)) last.set(mark.c, mark);
    }
    let labelled = [...last.values()];
    const lined = new Set(chart.lines.map(([c]) => c));
    if (!large) labelled = labelled.filter((mark) => lined.has(mark.c)).sort((a, b) => a.s - b.s).slice(0, 4);
    const words = (c) => wrap(shortNames[c], large && !narrow.matches ? 40 : 14);
    const places = labelled.map((mark) => ({ mark, at: toPixel(mark.y), lines: words(mark.c) })).sort((a, b) => a.at - b.at);
    const room = (p) => p.lines.length * (large ? 14 : 13) + 4;
    for (let round = 0; round < 60; round++) {
      for (let n = 1; n < places.length; n++) {
        const need = (room(places[n]) + room(places[n - 1])) / 2 - (places[n].at - places[n - 1].at);
        if (need > 0) { places[n].at += need / 2; places[n - 1].at -= need / 2; }
      }
      for (const p of places) p.at = Math.min(Math.max(p.at, room(p) / 2), tall - room(p) / 2);
    }
    const labels = places.map((p) => ({ c: p.mark.c, s: p.mark.s, y: toCount(p.at - room(p) / 2 + 2), label: p.lines }));
    const leaders = places.flatMap((p) => [{ c: p.mark.c, s: p.mark.s, t: p.mark.t, y: p.mark.y }, { c: p.mark.c, s: p.mark.s, t: end, y: toCount(p.at) }]);
    leaders.push({ c: -2, s: 0, t: start, y: specification.layer[0].encoding.y.scale.domain[0] });
    leaders.push({ c: -3, s: 0, t: end, y: specification.layer[0].encoding.y.scale.domain[0] });
    return { marks, lines, labels, leaders };
  }
  function wrap(text, width) {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines[lines.length - 1] && (lines[lines.length - 1] + " " + word).length > width) lines.push("");
      lines[lines.length - 1] = (lines[lines.length - 1] + " " + word).trim();
    }
    if (lines.length <= 2) return lines;
    return [lines[0], lines[1].replace(/…?$/, "…")];
  }
  async function draw(figure) {
    const style = getComputedStyle(document.documentElement);
    const n = figure.dataset.chart;
    const large = n === "0";
    const specification = coloured(n === undefined ? data.strip : data.specifications[n], style);
    if (n === undefined) {
      specification.datasets = { days: data.days.map(([title, day, status]) => ({ title, t: day * DAY, u: (day + 0.8) * DAY, status })), series: [...new Set(data.days.map((d) => d[0]))].map((title) => ({ title })) };
    } else {
      specification.height = large && narrow.matches ? 370 : specification.height;
      specification.datasets = ladderData(data.charts[n], specification, large, specification.height);
      specification.padding = { left: 2, top: 8, bottom: 2, right: 4 };
    }
    specification.autosize = { type: "fit-x", contains: "padding" };
    specification.config.font = style.getPropertyValue("--sans");
    const plot = figure.querySelector(".plot");
    views.get(figure)?.finalize();
    const result = await window.vegaEmbed(plot, specification, { actions: false, renderer: "svg", ast: true, logLevel: 1, defaultStyle: false, tooltip: n === undefined ? false : showTip });
    views.set(figure, result);
    plot.querySelector("svg")?.setAttribute("aria-hidden", "true");
    if (n !== undefined) {
      if (picked !== -1) result.view.signal("pick", picked).run();
      result.view.addEventListener("click", (event, item) => press(event, item));
    }
  }
  /* A mouse has read the tip by then; a finger reads it at the first tap and opens the claims with the second. */
  let tapped = null;
  function press(event, item) {
    if (!item?.datum?.same) { tip.hidden = true; tapped = null; return; }
    if (event.pointerType === "touch" && tapped !== item.datum.i) { tapped = item.datum.i; showTip(null, event, item, " "); return; }
    tip.hidden = true;
    showOnly(item.datum.same);
  }
  function showTip(handler, event, item, value) {
    if (!value || !item?.datum?.same) { tip.hidden = true; return; }
    const { i, same } = item.datum;
    const n = documentsOf(same.flatMap(carriers));
    tip.replaceChildren(make("p", {}, ...sentenceOf(i)), make("p", { class: "soft" }, `In ${plural(n, "document", "documents")}. ${touch.matches ? "Tap again" : "Press the mark"} for its ${same.length === 1 ? "claim" : "claims"} in the table.`));
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const x = event.clientX ?? event.changedTouches?.[0]?.clientX ?? 0, y = event.clientY ?? event.changedTouches?.[0]?.clientY ?? 0;
    tip.style.left = `${Math.max(8, Math.min(x + 14, window.innerWidth - box.width - 12))}px`;
    tip.style.top = `${y + 18 + box.height > window.innerHeight ? Math.max(8, y - box.height - 14) : y + 18}px`;
  }
  function startCharts() {
    const inCharts = tally(data.charts.flatMap((chart) => chart.marks.map((same) => claims.who[same[0]])));
    options($("pick"), inCharts.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([w]) => [w, names[w]]));
    $("pick").addEventListener("change", () => {
      picked = Number($("pick").value);
      for (const result of views.values()) if (result.view.getState().signals && "pick" in result.view.getState().signals) result.view.signal("pick", picked).run();
    });
    const figures = [...document.querySelectorAll("figure.chart")];
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
    }, { rootMargin: "300px" });
    figures.forEach((figure) => seen.observe(figure));
    const redraw = () => { for (const figure of [...views.keys()]) draw(figure); };
    dark.addEventListener("change", redraw);
    narrow.addEventListener("change", redraw);
    window.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  }

  startTable();
  startEchoes();
  startPairs();
  startCharts();
  followAddress();
  window.addEventListener("hashchange", followAddress);
  document.documentElement.dataset.ready = "yes";
})();
