// What the pages gain with a script: keys, and updates without a reload. Everything else works without it.
"use strict";

const QUIET_MS = 1500; // Between two updates of a page, so that a burst of news is read in once.
const SETTLE_MS = 5000; // After the last change the page is read once more: claims come before the clusters they make.
const page = { known: document.body.dataset.fingerprint, contradictions: Number(document.body.dataset.contradictions), unseen: 0 };
const title = document.title;

// Keys: / to search, j and k through what is listed, Escape out of the search.

function items() {
  return [...document.querySelectorAll("[data-item]")].map((item) => item.querySelector("[data-open], a")).filter(Boolean);
}

function step(by) {
  const links = items();
  if (!links.length) return;
  const current = document.activeElement.closest("[data-item]");
  let at = links.findIndex((link) => link.closest("[data-item]") === current);
  at = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[at].focus({ preventScroll: true });
  links[at].closest("[data-item]").scrollIntoView({ block: "nearest" });
}

function writing(element) {
  return element.matches("input, select, textarea, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const search = document.getElementById("q");
  if (event.key === "Escape" && event.target === search) return search.blur();
  if (writing(event.target)) return;
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  }
});

// Times in the reader's own zone, on hover.

function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) time.title = `${moment.toLocaleString()} your time`;
  }
}

// Updates: the page is read again and only what differs is put in, so scroll, focus and selection stay.

function keyed(region) {
  return new Map([...region.children].map((child) => [child.dataset.key, child]));
}

function same(a, b) {
  const plain = (node) => {
    const copy = node.cloneNode(true);
    copy.classList.remove("is-new");
    if (!copy.classList.length) copy.removeAttribute("class");
    for (const time of copy.querySelectorAll("time[title]")) time.removeAttribute("title");
    for (const button of copy.querySelectorAll("[data-copy]")) { button.hidden = true; button.textContent = ""; }
    return copy.outerHTML;
  };
  return plain(a) === plain(b);
}

function merge(region, fresh, fade) {
  const old = keyed(region);
  let place = region.firstElementChild;
  for (const child of [...fresh.children]) {
    const known = old.get(child.dataset.key);
    old.delete(child.dataset.key);
    if (known && same(known, child)) {
      if (known === place) place = place.nextElementSibling;
      else region.insertBefore(known, place);
      continue;
    }
    const incoming = document.importNode(child, true);
    localTimes(incoming);
    if (known) {
      if (known === place) place = place.nextElementSibling;
      replace(known, incoming);
    } else {
      if (fade) incoming.classList.add("is-new");
      region.insertBefore(incoming, place);
    }
  }
  for (const gone of old.values()) gone.remove();
}

function replace(known, incoming) {
  const links = (root) => [...root.querySelectorAll("a, button")];
  const at = links(known).indexOf(document.activeElement);
  known.replaceWith(incoming);
  if (at >= 0) links(incoming)[Math.min(at, links(incoming).length - 1)]?.focus({ preventScroll: true });
}

function anchor() {
  if (window.scrollY < 1) return () => {};
  const candidates = document.querySelectorAll("[data-live] > [data-key]");
  const seen = [...candidates].find((node) => node.getBoundingClientRect().bottom > 80);
  if (!seen) return () => {};
  const { region, key, top } = { region: seen.parentElement.id, key: seen.dataset.key, top: seen.getBoundingClientRect().top };
  return () => {
    const now = [...document.getElementById(region).children].find((node) => node.dataset.key === key);
    if (now) window.scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
  };
}

async function update() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const hold = anchor();
  for (const region of document.querySelectorAll("[data-live]")) {
    const from = fresh.getElementById(region.id);
    if (from) merge(region, from, Boolean(page.known));
  }
  hold();
  page.known = fresh.body.dataset.fingerprint;
}

let pending = null;
let busy = false;
let settling = null;

function settle() {
  clearTimeout(settling);
  settling = setTimeout(() => schedule(0), SETTLE_MS);
}

function schedule(wait) {
  if (pending || busy || document.hidden || !document.querySelector("[data-live]")) return;
  pending = setTimeout(async () => {
    pending = null;
    busy = true;
    try {
      await update();
    } catch {
      // The stream says when the board is back, and then this is asked again.
    } finally {
      busy = false;
      if (page.wanted !== page.known) schedule(QUIET_MS);
    }
  }, wait);
}

function announce(state) {
  const more = state.contradictions - page.contradictions;
  page.contradictions = state.contradictions;
  if (more <= 0) return;
  const words = more === 1 ? `New contradiction: ${state.latest}` : `${more} new contradictions, the latest: ${state.latest}`;
  document.getElementById("news").textContent = words;
  document.getElementById("live-words").textContent = words;
  if (!document.hidden) return;
  page.unseen += more;
  document.title = `(${page.unseen}) ${title}`;
}

function listen() {
  const stream = new EventSource("/events");
  const live = document.getElementById("live");
  const away = document.getElementById("away");
  stream.addEventListener("open", () => { live.hidden = false; live.classList.remove("lost"); });
  stream.addEventListener("error", () => live.classList.add("lost"));
  stream.addEventListener("away", () => { away.hidden = false; });
  stream.addEventListener("state", (event) => {
    away.hidden = true;
    const state = JSON.parse(event.data);
    announce(state);
    page.wanted = state.fingerprint;
    if (page.wanted === page.known) return;
    schedule(0);
    settle();
  });
  window.addEventListener("pagehide", () => stream.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  page.unseen = 0;
  document.title = title;
  if (page.wanted && page.wanted !== page.known) schedule(0);
});

localTimes(document);
if (page.known !== undefined && "EventSource" in window) listen();

// Dark or light: the system's until the reader chooses; the button names what it changes to.

const look = document.getElementById("look");
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.look;
  return chosen ? chosen === "dark" : systemDark.matches;
}

function nameLook() {
  look.textContent = isDark() ? "Light" : "Dark";
  look.setAttribute("aria-label", `Change to the ${isDark() ? "light" : "dark"} look`);
}

look.addEventListener("click", () => {
  const wanted = isDark() ? "light" : "dark";
  document.documentElement.dataset.look = wanted;
  try { localStorage.setItem("look", wanted); } catch { /* then it lasts as long as the page */ }
  nameLook();
});
systemDark.addEventListener("change", nameLook);
nameLook();
look.hidden = false;

// A link to what is shown, for a message to a colleague.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = "Copied";
  });
}
