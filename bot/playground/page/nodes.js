// Making nodes, and the small boxes that open beside a button. Texts become text nodes, never markup.

export const $ = (id) => document.getElementById(id);

/** Make an element. Props starting with "on" are listeners; children are nodes or text. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export const clear = (node) => node.replaceChildren();
export const closeMenu = () => $("popover")?.remove();

/** Open a box under `anchor` and return it: arrows move between its buttons, Esc closes it. */
export function popover(anchor, kind, ...children) {
  closeMenu();
  const box = h("div", { class: `popover ${kind}`, role: "menu", id: "popover" }, children);
  box.addEventListener("keydown", (event) => {
    const all = [...box.querySelectorAll("button")];
    const here = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step && here >= 0) { event.preventDefault(); all[(here + step + all.length) % all.length].focus(); }
    if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); closeMenu(); anchor.focus(); }
  });
  (anchor.closest("dialog") ?? document.body).append(box);
  const spot = anchor.getBoundingClientRect();
  box.style.position = "fixed";
  box.style.left = `${Math.max(6, Math.min(spot.left, innerWidth - box.offsetWidth - 6))}px`;
  const below = spot.bottom + box.offsetHeight + 8 < innerHeight;
  box.style.top = `${below ? spot.bottom + 4 : Math.max(6, spot.top - box.offsetHeight - 4)}px`;
  box.querySelector("button")?.focus();
  return box;
}

/** A menu of things to choose under `anchor`. */
export function menu(anchor, items, kind = "") {
  return popover(anchor, kind, items.map((item) => h("button", {
    type: "button", role: "menuitem", "data-value": item.value, "aria-label": item.name, title: item.name, onclick: () => { closeMenu(); item.run(); },
  }, item.label)));
}

document.addEventListener("pointerdown", (event) => { if (!event.target.closest?.("#popover")) closeMenu(); });
document.addEventListener("scroll", (event) => { if (!event.target.closest?.("#popover")) closeMenu(); }, true);
