// What a person does here, carried out by the playground.
import { formValues } from "./forms.js";
import { $, h } from "./nodes.js";
import { state } from "./state.js";
import { plainOf, textOf } from "./text.js";

export async function act(what) {
  try {
    const reply = await fetch(`/page/act?as=${encodeURIComponent(state.me)}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what),
    });
    const said = await reply.json();
    if (!said.ok && said.error) toast(said.error);
    return said.ok;
  } catch {
    toast("The playground does not answer.");
    return false;
  }
}

export async function press(place, each, value, node) {
  if (each.confirm && !(await ask(each.confirm))) return;
  const target = place.view ? { view: place.view.id, values: formValues() } : { channel: place.message.channel, ts: place.message.ts };
  if (node) node.disabled = true;
  await act({ do: "press", ...target, action_id: each.action_id, value });
  if (node) node.disabled = false;
}

/** Slack's confirm dialog; answers true or false. */
function ask(confirm) {
  return new Promise((done) => {
    const dialog = $("asking");
    const finish = (answer) => { dialog.onclose = null; dialog.close(); done(answer); };
    dialog.replaceChildren(
      h("h2", { id: "asking-title" }, plainOf(confirm.title)), h("div", {}, textOf(confirm.text)),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "button", onclick: () => finish(false) }, plainOf(confirm.deny)),
        h("button", { type: "button", class: `button fill ${confirm.style ?? "primary"}`, onclick: () => finish(true) }, plainOf(confirm.confirm))));
    dialog.onclose = () => done(false);
    dialog.showModal();
  });
}

let toastTimer = null;
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 5000);
}

export async function dropFiles(files, place) {
  for (const file of files) {
    const query = new URLSearchParams({ as: state.me, channel: place.channel, name: file.name, thread_ts: place.thread ?? "" });
    try {
      const reply = await fetch(`/page/drop?${query}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
      const said = await reply.json();
      if (!said.ok) toast(said.error);
    } catch {
      toast(`${file.name} could not be sent.`);
    }
  }
}
