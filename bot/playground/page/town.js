// What is not Slack: the clock of the playground, and customers who write on networks.
import { $, h, menu } from "./nodes.js";

const JUMPS = [
  ["10 minutes later", 600], ["1 hour later", 3600], ["1 day later", 86400], ["Jump to Monday 09:00", null],
];
let ahead = 0;

/** The time in the playground. */
export const nowHere = () => new Date(Date.now() + ahead);

/** Take over the playground's clock: `now` in seconds. */
export function setClock(now) {
  ahead = now * 1000 - Date.now();
  drawClock();
}

function drawClock() {
  const now = nowHere();
  const day = now.toLocaleDateString(undefined, { weekday: "short", day: "numeric", month: "short" });
  const time = now.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  $("clock").replaceChildren("🕐 ", h("span", { class: "long" }, `${day}, `), time, " ▾");
  $("clock").setAttribute("aria-label", `It is ${day}, ${time}. Let time pass`);
}
setInterval(drawClock, 5000);

/** Let time pass: Kepi is stopped meanwhile and started at the later time. */
export function openClock(act) {
  const jumps = JUMPS.map(([label, seconds]) => ({ label, value: String(seconds ?? "monday"), run: () => act({ do: "jump", seconds }) }));
  menu($("clock"), [...jumps, { label: "A crisis breaks out", value: "crisis", run: () => act({ do: "crisis" }) }], "right");
}

/** The form in which a customer writes on a network, perhaps on; a social tool's app posts it. */
export function customerWrites(relays, act, { thread_ts = null, handle = "" } = {}) {
  const dialog = $("asking");
  const where = h("select", { id: "relay-app", class: "select" }, relays.map((each) => h("option", { value: each.bot_id }, each.name)));
  const who = h("input", { type: "text", id: "relay-who", value: handle, list: "relay-people", autocapitalize: "off" });
  const known = h("datalist", { id: "relay-people" });
  const what = h("textarea", { id: "relay-what", rows: 3 });
  const samples = h("div", { class: "chips" });
  const relay = () => relays.find((each) => each.bot_id === where.value);
  const suggest = () => {
    known.replaceChildren(...relay().customers.map((each) => h("option", { value: each })));
    if (!thread_ts && !relay().customers.includes(who.value)) who.value = any(relay().customers);
    what.value = any(thread_ts ? relay().follows : relay().asks);
    samples.replaceChildren(...relay().follows.map((each) => h("button", { type: "button", class: "chip", onclick: () => { what.value = each; } }, each)));
  };
  const send = async () => {
    if (!what.value.trim()) { what.focus(); return; }
    dialog.close();
    await act({ do: "relay", bot_id: where.value, handle: who.value.trim(), text: what.value, thread_ts });
  };
  where.addEventListener("change", suggest);
  suggest();
  dialog.onclose = null;
  dialog.replaceChildren(
    h("h2", { id: "asking-title" }, thread_ts ? "The customer replies" : "A customer writes"),
    h("p", { class: "quiet" }, "Not in Slack: the social tool’s app posts it into the channel. Sample people, made up."),
    h("div", { class: "field" }, h("label", { for: "relay-app" }, "Through"), where),
    h("div", { class: "field" }, h("label", { for: "relay-who" }, "Who"), who, known),
    h("div", { class: "field" }, h("label", { for: "relay-what" }, "What"), what, samples),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
      h("button", { type: "button", class: "button primary", onclick: send }, "Post it")));
  dialog.showModal();
}

const any = (list) => list[Math.floor(Math.random() * list.length)] ?? "";
