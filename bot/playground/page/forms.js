// Modals: drawn, kept while they change, sent and closed.
import { act } from "./acts.js";
import { blocks, valueIn } from "./blocks.js";
import { $, h } from "./nodes.js";
import { state } from "./state.js";
import { plainOf } from "./text.js";

let shownView = null;

export function formValues() {
  const values = {};
  const shown = $("modal").open ? $("modal") : $("home");  // a closed form keeps its nodes
  for (const node of shown.querySelectorAll("[data-field]")) values[node.dataset.field] = valueIn(node);
  return values;
}

export function drawView() {
  const dialog = $("modal");
  const view = state.views.at(-1);
  if (!view) {
    shownView = null;
    if (dialog.open) dialog.close();
    return;
  }
  const typed = shownView === view.id ? formValues() : {};
  const focus = shownView === view.id ? document.activeElement?.name ?? document.activeElement?.id : null;
  const scroll = shownView === view.id ? dialog.querySelector(".blocks")?.scrollTop ?? 0 : 0;
  shownView = view.id;
  dialog.replaceChildren(modalForm(view));
  restore(dialog, typed);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".blocks").scrollTop = scroll;
  const wrong = dialog.querySelector(".wrong [data-field], .wrong input");
  const again = focus ? [...dialog.querySelectorAll("[name], [id]")].find((node) => (node.name ?? node.id) === focus || node.id === focus) : null;
  (wrong ?? again ?? dialog.querySelector("[data-field] input, [data-field]") ?? dialog.querySelector("footer button, header button"))?.focus();
  wrong?.closest(".field").scrollIntoView({ block: "nearest" });
}

/** Put typed values back after the form was drawn anew, where the field is still there. */
function restore(dialog, typed) {
  for (const node of dialog.querySelectorAll("[data-field]")) {
    const value = typed[node.dataset.field];
    if (value === undefined || value === null) continue;
    if (!node.dataset.several) node.value = value;
    else for (const box of node.querySelectorAll("input")) box.checked = [value].flat().includes(box.value);
  }
}

function modalForm(view) {
  const body = view.body;
  const send = body.submit && h("button", { type: "submit", class: "button primary" }, plainOf(body.submit));
  const form = h("form", { novalidate: true },
    h("header", {}, h("h2", { id: "modal-title" }, plainOf(body.title)),
      h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => closeView(view, true) }, "✕")),
    h("div", { class: "blocks" },
      view.trouble && h("p", { class: "trouble", role: "alert" }, `⚠ ${view.trouble}`),
      [...blocks(body.blocks, { view }).childNodes]),
    h("footer", {}, h("button", { type: "button", class: "button", onclick: () => closeView(view, false) }, plainOf(body.close) || (body.submit ? "Cancel" : "Close")), send));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!send || send.disabled) return;
    send.disabled = true;
    await act({ do: "submit", view: view.id, values: formValues() });
    send.disabled = false;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=radio], input[type=checkbox], select")) event.preventDefault();
  });
  return form;
}

const closeView = (view, everything) => act({ do: "close", view: view.id, everything });
$("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  const view = state.views.at(-1);
  if (view) closeView(view, false);
});
