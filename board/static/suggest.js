// Suggestions under a search field: the combobox pattern of the ARIA Authoring Practices. Without a script the field
// searches all the same.
"use strict";

const WAIT_MS = 120; // after the last key
const KINDS = { source: "says things", entities: "is spoken of", outlet: "outlet" };

function suggesting(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let waiting = null;
  let asked = "";
  let at = -1;

  function close() {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(value) {
    field.value = value.includes(" ") ? `"${value}"` : value;
    close();
    field.form.requestSubmit();
  }

  function show(found) {
    list.replaceChildren(...found.map((each, number) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.value = each.value;
      const name = document.createElement("bdi");
      name.textContent = each.value;
      const kind = document.createElement("span");
      kind.textContent = `${KINDS[each.kind] ?? ""} ${each.number}`;
      item.append(name, " ", kind);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(each.value); });
      return item;
    }));
    at = -1;
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const words = field.value.trim();
    if (words.length < 2 || words === asked) return;
    asked = words;
    try {
      const answer = await fetch(`/suggest?q=${encodeURIComponent(words)}`);
      if (!answer.ok || field.value.trim() !== words || document.activeElement !== field) return;
      show(await answer.json());
    } catch {
      close(); // the page says by itself when the board is away
    }
  }

  function move(by) {
    const items = [...list.children];
    items[at]?.setAttribute("aria-selected", "false");
    at = (at + by + items.length + 1) % (items.length + 1);
    const item = items[at];
    if (!item) { at = items.length; field.removeAttribute("aria-activedescendant"); return; }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", item.id);
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length < 2) { asked = ""; return close(); }
    waiting = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (at < 0) at = list.children.length; // one behind the last: nothing chosen
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && list.children[at]) {
      event.preventDefault();
      choose(list.children[at].dataset.value);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault(); // it would empty the field
      close();
    }
  });
  field.addEventListener("blur", close);
}

for (const field of document.querySelectorAll("[data-suggest]")) suggesting(field);
