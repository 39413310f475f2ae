// A small Slack for one machine. Every text reaches the page as text nodes, never as markup.

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", white_check_mark: "✅", heavy_check_mark: "✔️",
  ballot_box_with_check: "☑️", x: "❌", eyes: "👀", ticket: "🎫", tada: "🎉", warning: "⚠️", fire: "🔥",
  heart: "❤️", smile: "😄", slightly_smiling_face: "🙂", joy: "😂", thinking_face: "🤔", pray: "🙏",
  wave: "👋", clap: "👏", raised_hands: "🙌", rocket: "🚀", bulb: "💡", mag: "🔍", bell: "🔔", lock: "🔒",
  calendar: "📅", spiral_calendar_pad: "🗓️", clock1: "🕐", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", memo: "📝",
  outbox_tray: "📤", inbox_tray: "📥", file_folder: "📁", paperclip: "📎", link: "🔗", pushpin: "📌",
  star: "⭐", trophy: "🏆", sparkles: "✨", zap: "⚡", sunny: "☀️", coffee: "☕", 100: "💯", point_right: "👉",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", red_circle: "🔴", large_green_circle: "🟢",
  large_yellow_circle: "🟡", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  information_source: "ℹ️", question: "❓", exclamation: "❗", gear: "⚙️", wastebasket: "🗑️", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", speech_balloon: "💬", email: "📧", phone: "☎️", iphone: "📱", camera: "📷",
};
const QUICK = ["white_check_mark", "eyes", "ticket", "+1", "tada", "heart", "pray", "raised_hands", "fire", "joy", "outbox_tray", "x"];
const FACES = ["#8a4f7d", "#2b6c8f", "#5b7f2b", "#a3552b", "#5a58a8", "#2b8a72"];
const SLACKBOT = "USLACKBOT";

let state = null;
let me = localStorage.getItem("kepi-me") || "mia";
let channel = location.hash.slice(1);
let thread = null;
let homeOpen = false;
let socket = null;
let shownView = null;
const unread = new Map();

const $ = (id) => document.getElementById(id);

// ---------------------------------------------------------------- building

/** Make an element. Props starting with "on" are listeners; children are nodes or text. */
function h(tag, props = {}, ...children) {
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

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

const clear = (node) => node.replaceChildren();
const person = (id) => state.people.find((each) => each.id === id);
const nameOf = (id) => (id === SLACKBOT ? "Slackbot" : person(id)?.real_name.split(" ")[0] ?? id);
const channelOf = (id) => state.channels.find((each) => each.id === id);
const messagesOf = (id) => (state.messages[id] ??= []);
const title = (room) => (room.kind === "im" ? room.name : `${room.kind === "group" ? "🔒 " : "#"}${room.name}`);

// ---------------------------------------------------------------- text

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function emoji(text) {
  return text.replace(/:([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:/g, (whole, name) => EMOJI[name] ?? whole);
}

const safeLink = (url) => (/^(https?:|mailto:)/i.test(url) ? url : null);

function link(url, label) {
  const good = safeLink(unescape(url));
  if (!good) return document.createTextNode(unescape(label ?? url));
  return h("a", { href: good, target: "_blank", rel: "noopener noreferrer" }, label ?? unescape(url));
}

/** Slack's mrkdwn as nodes: code, mentions, links, bold, italic, strike, quotes, emoji. */
function mrkdwn(text) {
  const out = [];
  text.split(/```\n?([\s\S]*?)\n?```/).forEach((part, index) => {
    if (index % 2) out.push(h("pre", {}, h("code", {}, unescape(part))));
    else out.push(...lines(part));
  });
  return out;
}

function lines(text) {
  const out = [];
  let quote = null;
  const rows = text.split("\n");
  rows.forEach((row, index) => {
    const quoted = row.startsWith("&gt;") || row.startsWith("> ");
    if (quoted) {
      if (!quote) out.push((quote = h("blockquote")));
      else quote.append(h("br"));
      append(quote, inline(row.replace(/^(&gt;|>) ?/, "")));
      return;
    }
    const afterQuote = quote !== null;
    quote = null;
    if (index > 0 && !afterQuote) out.push(h("br"));
    out.push(...inline(row));
  });
  return out;
}

const INLINE = /(`[^`\n]+`)|(<[^<>\n]+>)|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/u;

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return text ? [emoji(unescape(text))] : [];
  const [whole, code, angle, bold, italic, strike] = found;
  let node;
  if (code) node = h("code", {}, unescape(code.slice(1, -1)));
  else if (angle) node = token(angle.slice(1, -1));
  else if (bold) node = h("b", {}, inline(bold));
  else if (italic) node = h("i", {}, inline(italic));
  else node = h("s", {}, inline(strike));
  return [...inline(text.slice(0, found.index)), node, ...inline(text.slice(found.index + whole.length))];
}

function token(inside) {
  const [target, label] = inside.split("|");
  if (target.startsWith("@")) return at(target.slice(1), label);
  if (target.startsWith("#")) return h("span", { class: "at" }, `#${channelOf(target.slice(1))?.name ?? label ?? "channel"}`);
  if (target.startsWith("!date^")) return document.createTextNode(slackDate(target, label));
  if (target.startsWith("!subteam")) return h("span", { class: "at" }, label ?? "@group");
  if (target.startsWith("!")) return h("span", { class: "at me" }, `@${target.slice(1)}`);
  return link(target, label ? emoji(unescape(label)) : undefined);
}

function at(id, label) {
  return h("span", { class: id === state.me ? "at me" : "at" }, `@${person(id) ? nameOf(id) : label ?? id}`);
}

function slackDate(target, fallback) {
  const [, seconds, format] = target.split("^");
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return fallback ?? "";
  const day = (options) => date.toLocaleDateString(undefined, options);
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return format
    .replace(/\{date_num\}/g, date.toISOString().slice(0, 10))
    .replace(/\{date_short(_pretty)?\}/g, day({ day: "numeric", month: "short", year: "numeric" }))
    .replace(/\{date_long(_pretty)?\}/g, day({ weekday: "long", day: "numeric", month: "long", year: "numeric" }))
    .replace(/\{date(_pretty)?\}/g, day({ day: "numeric", month: "long", year: "numeric" }))
    .replace(/\{time(_secs)?\}/g, time);
}

const textOf = (object) => (!object ? [] : object.type === "mrkdwn" ? mrkdwn(object.text) : [emoji(object.text)]);
const plainOf = (object) => (object ? emoji(object.text) : "");

/** Common Markdown of the markdown block: headings, lists, code, bold, italic, links. */
function markdown(text) {
  const root = h("div", { class: "markdown" });
  let list = null;
  text.split(/```\w*\n?([\s\S]*?)```/).forEach((part, index) => {
    if (index % 2) { root.append(h("pre", {}, h("code", {}, part))); return; }
    for (const row of part.split("\n")) {
      const head = /^(#{1,6})\s+(.*)/.exec(row);
      const item = /^\s*([-*+]|\d+\.)\s+(.*)/.exec(row);
      if (!item) list = null;
      if (head) root.append(h(`h${Math.min(6, head[1].length + 2)}`, {}, markdownInline(head[2])));
      else if (item) {
        if (!list) root.append((list = h(/\d/.test(item[1]) ? "ol" : "ul")));
        list.append(h("li", {}, markdownInline(item[2])));
      } else if (row.startsWith("> ")) root.append(h("blockquote", {}, markdownInline(row.slice(2))));
      else if (row.trim()) root.append(h("p", {}, markdownInline(row)));
    }
  });
  return root;
}

const MARKDOWN = /(`[^`]+`)|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|(?<!\w)[*_](\S.*?)[*_](?!\w)|~~(.+?)~~/;
function markdownInline(text) {
  const found = MARKDOWN.exec(text);
  if (!found) return text ? [emoji(text)] : [];
  const [whole, code, label, url, bold, italic, strike] = found;
  const node = code ? h("code", {}, code.slice(1, -1))
    : label ? link(url, label)
    : bold ? h("b", {}, markdownInline(bold))
    : italic ? h("i", {}, markdownInline(italic))
    : h("s", {}, markdownInline(strike));
  return [...markdownInline(text.slice(0, found.index)), node, ...markdownInline(text.slice(found.index + whole.length))];
}

function richText(block) {
  return h("div", { class: "rich" }, block.elements.map((each) => {
    if (each.type === "rich_text_list") {
      return h(each.style === "ordered" ? "ol" : "ul", { style: null }, each.elements.map((item) => h("li", {}, item.elements.map(richInline))));
    }
    if (each.type === "rich_text_preformatted") return h("pre", {}, h("code", {}, each.elements.map(richInline)));
    if (each.type === "rich_text_quote") return h("blockquote", {}, each.elements.map(richInline));
    return h("div", {}, each.elements.map(richInline));
  }));
}

function richInline(each) {
  let node;
  if (each.type === "link") node = link(each.url, each.text ?? each.url);
  else if (each.type === "emoji") node = document.createTextNode(EMOJI[each.name] ?? `:${each.name}:`);
  else if (each.type === "user") node = at(each.user_id);
  else if (each.type === "channel") node = token(`#${each.channel_id}`);
  else if (each.type === "broadcast") node = token(`!${each.range}`);
  else if (each.type === "date") node = document.createTextNode(slackDate(`!date^${each.timestamp}^${each.format}`, each.fallback));
  else node = h("span", {}, (each.text ?? "").split("\n").flatMap((row, index) => (index ? [h("br"), row] : [row])));
  for (const [style, tag] of [["bold", "b"], ["italic", "i"], ["strike", "s"], ["code", "code"]]) {
    if (each.style?.[style]) node = h(tag, {}, node);
  }
  return node;
}

// ---------------------------------------------------------------- blocks

/** `place` says where the blocks stand: {message} or {view}. */
function blocks(list, place) {
  return h("div", { class: "blocks" }, list.map((block) => {
    const make = BLOCKS[block.type];
    return make ? make(block, place) : h("p", { class: "trouble" }, `[${block.type} block: not shown here]`);
  }));
}

const BLOCKS = {
  section(block, place) {
    const text = h("div", { class: "text" }, block.text && h("div", {}, textOf(block.text)),
      block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textOf(field)))));
    return h("div", { class: "section" }, text, block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, place)));
  },
  header: (block) => h("h3", { class: "header" }, plainOf(block.text)),
  divider: () => h("hr"),
  markdown: (block) => markdown(block.text),
  rich_text: richText,
  context: (block) => h("div", { class: "context" }, block.elements.map((each) =>
    (each.type === "image" ? imageOf(each) : h("span", {}, textOf(each))))),
  actions: (block, place) => h("div", { class: "actions" }, block.elements.map((each) => element(each, block, place))),
  context_actions: (block, place) => BLOCKS.actions(block, place),
  image(block) {
    return h("figure", { class: "picture" }, block.title && h("figcaption", {}, plainOf(block.title)), picture(block));
  },
  table(block) {
    const settings = block.column_settings ?? [];
    const cell = (tag) => (each, index) => h(tag, { class: settings[index]?.align, scope: tag === "th" ? "col" : null },
      each.type === "rich_text" ? richText(each) : emoji(each.text));
    const [head, ...rest] = block.rows;
    return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
      h("thead", {}, h("tr", {}, head.map(cell("th")))),
      h("tbody", {}, rest.map((row) => h("tr", {}, row.map(cell("td")))))));
  },
  input: field,
};

function fileAddress(id, download) {
  return `/page/file/${encodeURIComponent(id)}?as=${encodeURIComponent(state.me)}${download ? "&download=1" : ""}`;
}

function imageOf(block) {
  const id = block.slack_file?.id ?? /-(F[A-Z0-9]+)\//.exec(block.slack_file?.url ?? "")?.[1];
  if (!id) return h("span", {}, `🖼 ${block.alt_text} `, link(block.image_url ?? "", "(image elsewhere)"));
  return h("img", { src: fileAddress(id), alt: block.alt_text });
}

function picture(block) {
  const image = imageOf(block);
  if (image.tagName !== "IMG") return image;
  image.addEventListener("load", keepAtEnd);
  return h("button", { type: "button", "aria-label": `Open image: ${block.alt_text}`, onclick: () => openFull(image.src, block.alt_text) }, image);
}

function openFull(source, alt) {
  const dialog = $("full");
  dialog.replaceChildren(
    h("header", {}, h("p", {}, alt), h("button", { type: "button", class: "plain", "aria-label": "Close image", onclick: () => dialog.close() }, "✕")),
    h("img", { src: source, alt }));
  dialog.showModal();
}

/** An interactive element: a button, an overflow menu, or something to choose in. */
function element(each, block, place) {
  if (each.type === "image") return imageOf(each);
  if (each.type === "button") return button(each, block, place);
  if (each.type === "overflow") return overflow(each, block, place);
  return choice(each, block, place, (value) => press(place, each, value));
}

function button(each, block, place) {
  const style = `button ${each.style ?? ""}`;
  const props = { class: style, "data-action-id": each.action_id, "data-value": each.value, "aria-label": each.accessibility_label };
  return h("button", { ...props, type: "button", onclick: (event) => {
    const url = each.url && safeLink(each.url);
    if (url) window.open(url, "_blank", "noopener");
    press(place, each, each.value ?? null, event.currentTarget);
  } }, plainOf(each.text));
}

function overflow(each, block, place) {
  return h("button", {
    type: "button", class: "button", "aria-label": "More actions", "aria-haspopup": "menu", "data-action-id": each.action_id,
    onclick: (event) => menu(event.currentTarget, each.options.map((option) => ({
      label: plainOf(option.text), value: option.value, run: () => press(place, each, option.value),
    }))),
  }, "⋯");
}

/** A menu under `anchor`: arrows move, Enter chooses, Esc closes. */
function menu(anchor, items, kind = "") {
  closeMenu();
  const box = h("div", { class: `popover ${kind}`, role: "menu", id: "popover" }, items.map((item) =>
    h("button", { type: "button", role: "menuitem", "data-value": item.value, "aria-label": item.name, onclick: () => { closeMenu(); item.run(); } }, item.label)));
  box.addEventListener("keydown", (event) => {
    const all = [...box.children];
    const here = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) { event.preventDefault(); all[(here + step + all.length) % all.length].focus(); }
    if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); closeMenu(); anchor.focus(); }
  });
  const host = anchor.closest("dialog") ?? document.body;
  host.append(box);
  const spot = anchor.getBoundingClientRect();
  box.style.position = "fixed";
  box.style.left = `${Math.max(6, Math.min(spot.left, innerWidth - box.offsetWidth - 6))}px`;
  const below = spot.bottom + box.offsetHeight + 8 < innerHeight;
  box.style.top = `${below ? spot.bottom + 4 : Math.max(6, spot.top - box.offsetHeight - 4)}px`;
  box.children[0]?.focus();
}

const closeMenu = () => $("popover")?.remove();
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.("#popover")) closeMenu();
  if (!event.target.closest?.("#sidebar, #menu")) toggleMenu(false);
});
document.addEventListener("scroll", closeMenu, true);

const VALUE_KEY = {
  plain_text_input: "value", email_text_input: "value", url_text_input: "value", number_input: "value",
  static_select: "selected_option", external_select: "selected_option", radio_buttons: "selected_option",
  multi_static_select: "selected_options", checkboxes: "selected_options", users_select: "selected_user",
  multi_users_select: "selected_users", conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations", channels_select: "selected_channel",
  multi_channels_select: "selected_channels", datepicker: "selected_date", timepicker: "selected_time",
};

/** The present value in plain form: a text, an option's value, or a list of them. */
function present(each, block, place) {
  const key = VALUE_KEY[each.type];
  const touched = place.view ? place.view.state : place.message?.touched ?? {};
  const held = touched?.[block.block_id]?.[each.action_id];
  let value = held && key in held ? held[key] : each[key === "value" ? "initial_value" : key.replace("selected", "initial")];
  if (Array.isArray(value)) return value.map((one) => one?.value ?? one);
  return value?.value ?? value ?? null;
}

/** Something to choose or type in; `changed` is told each new value. */
function choice(each, block, place, changed = () => {}) {
  const value = present(each, block, place);
  const name = `${block.block_id}/${each.action_id}`;
  const shared = { "data-action-id": each.action_id, "data-block-id": block.block_id, name };
  const label = plainOf(each.placeholder) || undefined;
  const kind = each.type;
  if (kind === "radio_buttons" || kind === "checkboxes") {
    return several(kind === "checkboxes" ? "checkbox" : "radio", each.options, [value].flat(), shared, changed, false);
  }
  if (kind.startsWith("multi_")) return several("checkbox", optionsOf(each), value ?? [], shared, changed, true);
  if (kind.endsWith("_select")) return dropdown(each, value, { ...shared, "aria-label": label ?? "Choose" }, changed);
  if (kind === "datepicker" || kind === "timepicker") {
    return h("input", { ...shared, class: "select", type: kind === "datepicker" ? "date" : "time", value: value ?? "", "aria-label": label, onchange: (event) => changed(event.target.value) });
  }
  const typed = { ...shared, value: value ?? "", placeholder: label, maxlength: each.max_length ?? 3000 };
  if (kind === "plain_text_input" && each.multiline) return h("textarea", typed);
  const types = { email_text_input: "email", url_text_input: "url", number_input: "number" };
  return h("input", { ...typed, type: types[kind] ?? "text", step: kind === "number_input" ? "any" : null });
}

function optionsOf(each) {
  const option = (id, text) => ({ value: id, text: { type: "plain_text", text } });
  if (each.type.includes("users")) return state.people.filter((one) => !one.is_bot).map((one) => option(one.id, one.real_name));
  if (each.type.includes("channels") || each.type.includes("conversations")) {
    const rooms = state.channels.filter((one) => each.type.includes("conversations") || one.kind === "channel");
    return rooms.filter((one) => !each.filter?.include || each.filter.include.includes({ im: "im", group: "private", channel: "public" }[one.kind]))
      .map((one) => option(one.id, title(one)));
  }
  return [...(each.options ?? []), ...(each.option_groups ?? []).flatMap((group) => group.options)];
}

function dropdown(each, value, shared, changed) {
  const entry = (option) => h("option", { value: option.value, selected: option.value === value }, plainOf(option.text));
  const groups = each.option_groups?.map((group) => h("optgroup", { label: plainOf(group.label) }, group.options.map(entry)));
  return h("select", { ...shared, class: "select", onchange: (event) => event.target.value && changed(event.target.value) },
    h("option", { value: "", selected: value === null }, plainOf(each.placeholder) || "Choose…"),
    groups ?? optionsOf(each).map(entry));
}

function several(type, options, chosen, shared, changed, boxed) {
  const { name, ...data } = shared;
  const box = h("div", { ...data, "data-several": type, class: boxed ? "choices boxed" : "choices" }, options.map((option) =>
    h("label", {}, h("input", { type, name, value: option.value, checked: chosen.includes(option.value) }),
      h("span", {}, textOf(option.text), option.description && h("small", {}, textOf(option.description))))));
  box.addEventListener("change", () => changed(valueIn(box)));
  return box;
}

function valueIn(node) {
  if (!node.dataset.several) return node.value === "" ? null : node.value;
  const chosen = [...node.querySelectorAll("input:checked")].map((each) => each.value);
  return node.dataset.several === "radio" ? chosen[0] ?? null : chosen;
}

/** An input block with its label, hint and error. */
function field(block, place) {
  const each = block.element;
  const error = place.view?.errors?.[block.block_id];
  const id = `f-${block.block_id}`;
  const control = choice(each, block, place, (value) => block.dispatch_action && press(place, each, value));
  const grouped = control.dataset.several;
  const note = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  control.dataset.field = block.block_id;
  const label = [plainOf(block.label), block.optional && h("span", { class: "optional" }, " (optional)")];
  if (!grouped) {
    control.id = id;
    control.removeAttribute("aria-label");
    if (note) control.setAttribute("aria-describedby", note);
    if (error) control.setAttribute("aria-invalid", "true");
  }
  const below = [
    error && h("p", { class: "error", id: `${id}-error` }, error),
    block.hint && h("p", { class: "hint", id: `${id}-hint` }, plainOf(block.hint)),
  ];
  return h("div", { class: error ? "field wrong" : "field" }, grouped
    ? h("fieldset", { "aria-describedby": note || null }, h("legend", {}, label), control, below)
    : [h("label", { for: id }, label), control, below]);
}

// ---------------------------------------------------------------- acting

async function act(what) {
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

async function press(place, each, value, node) {
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
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 5000);
}

async function dropFiles(files, place) {
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

// ---------------------------------------------------------------- messages

function face(id) {
  const name = nameOf(id);
  const index = [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  const color = id === state.bot ? "#0f6b7c" : id === SLACKBOT ? "#6b6a6e" : FACES[index % FACES.length];
  const node = h("div", { class: "face", "aria-hidden": "true" }, name[0]);
  node.style.background = color;
  return node;
}

const dateOf = (ts) => new Date(Number(ts.split(".")[0]) * 1000);
const clock = (ts) => dateOf(ts).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
const dayOf = (ts) => dateOf(ts).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

function messageNode(message, inThread) {
  const app = message.user === state.bot || message.user === SLACKBOT;
  const told = message.text.includes(`<@${state.me}`);
  const classes = ["message", message.private && "private", told && !message.private && "told", message.subtype?.endsWith("_join") && "system"];
  const content = message.blocks.length ? blocks(message.blocks, { message }) : h("div", { class: "body" }, mrkdwn(message.text));
  return h("article", { class: classes.filter(Boolean).join(" "), "data-ts": message.ts, "data-private": message.private, "aria-label": `${nameOf(message.user)} at ${clock(message.ts)}` },
    message.private && h("p", { class: "eyes" }, "👁 Only visible to you", h("button", { type: "button", class: "link", onclick: () => act({ do: "delete", ...ref(message) }) }, "Dismiss")),
    face(message.user),
    h("div", {},
      h("div", {}, h("span", { class: "author" }, nameOf(message.user)), app && h("span", { class: "app" }, "APP"),
        h("time", { class: "when", datetime: dateOf(message.ts).toISOString() }, clock(message.ts))),
      message.thread_ts && !inThread && h("p", { class: "broadcast" }, "replied to a thread"),
      content,
      message.edited && h("span", { class: "edited" }, " (edited)"),
      message.files.map(fileCard),
      message.trouble && h("p", { class: "trouble", role: "alert" }, "⚠ ", message.trouble),
      message.reactions.length > 0 && h("div", { class: "reactions" }, message.reactions.map((each) => reaction(each, message))),
      !inThread && threadLink(message)),
    !message.private && tools(message, inThread));
}

const ref = (message) => ({ channel: message.channel, ts: message.ts });
const react = (message, name) => act({ do: "react", ...ref(message), name });

function reaction(each, message) {
  const names = each.users.map(nameOf).join(", ");
  return h("button", { type: "button", "aria-pressed": String(each.users.includes(state.me)), title: `${names} reacted with :${each.name}:`, "aria-label": `${each.name}, ${each.count}: ${names}`, onclick: () => react(message, each.name) },
    `${EMOJI[each.name.split("::")[0]] ?? `:${each.name}:`} ${each.count}`);
}

function threadLink(message) {
  const count = messagesOf(message.channel).filter((each) => each.thread_ts === message.ts).length;
  return count > 0 && h("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) }, count === 1 ? "1 reply" : `${count} replies`);
}

function fileCard(file) {
  if (file.mimetype.startsWith("image/")) return h("figure", { class: "picture" }, h("figcaption", {}, file.name), picture({ slack_file: { id: file.id }, alt_text: file.name }));
  const size = file.size < 1024 ? `${file.size} bytes` : file.size < 1048576 ? `${(file.size / 1024).toFixed(1)} kB` : `${(file.size / 1048576).toFixed(1)} MB`;
  const kind = (file.name.split(".").pop() ?? "file").slice(0, 4).toUpperCase();
  return h("div", { class: "file" }, h("b", { class: "kind", "aria-hidden": "true" }, kind),
    h("div", {}, h("a", { href: fileAddress(file.id, true), download: file.name }, file.name), h("span", {}, size)));
}

function tools(message, inThread) {
  const extra = state.shortcuts.filter((each) => each.kind === "message").map((each) => ({
    label: each.name, value: each.callback_id, run: () => act({ do: "shortcut", ...ref(message), callback_id: each.callback_id }),
  }));
  if (message.user === state.me) {
    extra.push({ label: "Edit", value: "edit", run: () => editMessage(message) }, { label: "Delete", value: "delete", run: () => act({ do: "delete", ...ref(message) }) });
  }
  return h("div", { class: "tools" },
    h("button", { type: "button", "aria-label": "Add reaction", title: "Add reaction", onclick: (event) => menu(event.currentTarget, QUICK.map((name) => ({ label: EMOJI[name], name, value: name, run: () => react(message, name) })), "emoji") }, "☺"),
    !inThread && h("button", { type: "button", title: "Reply in thread", "aria-label": "Reply in thread", onclick: () => openThread(message.thread_ts ?? message.ts) }, "💬"),
    extra.length > 0 && h("button", { type: "button", "aria-label": "More for this message", "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, extra) }, "⋮"));
}

function editMessage(message) {
  const box = h("textarea", { value: unescape(message.text), "aria-label": "Edit message" });
  const save = () => { dialog.close(); act({ do: "edit", ...ref(message), text: box.value }); };
  const dialog = $("asking");
  dialog.onclose = null;
  dialog.replaceChildren(h("h2", { id: "asking-title" }, "Edit message"), h("div", { class: "field" }, box),
    h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"), h("button", { type: "button", class: "button primary", onclick: save }, "Save")));
  dialog.showModal();
}

function drawMessages() {
  const list = $("messages");
  const shown = messagesOf(channel).filter((each) => !each.thread_ts || each.broadcast || (each.private && !each.thread_ts));
  drawList(list, shown, false, "Nothing here yet. Type /kpi help below.");
  list.scrollTop = list.scrollHeight;
}

function drawList(list, shown, inThread, empty) {
  clear(list);
  if (!shown.length) list.append(h("p", { class: "empty" }, empty));
  let day = "";
  for (const message of shown) {
    if (!inThread && dayOf(message.ts) !== day) list.append(h("div", { class: "day" }, (day = dayOf(message.ts))));
    list.append(messageNode(message, inThread));
  }
}

const atEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 160;
function keepAtEnd() {
  for (const list of [$("messages"), $("thread-messages")]) if (list.dataset.follow !== "no") list.scrollTop = list.scrollHeight;
}
/* Only a person's own scrolling stops a list from following: a picture that loads moves it too. */
for (const id of ["messages", "thread-messages"]) {
  const look = (event) => { const list = event.currentTarget; requestAnimationFrame(() => { list.dataset.follow = atEnd(list) ? "yes" : "no"; }); };
  for (const kind of ["wheel", "touchmove", "keydown", "pointerup"]) $(id).addEventListener(kind, look, { passive: true });
}

function openThread(ts) {
  thread = ts;
  $("thread").hidden = false;
  $("frame").classList.add("with-thread");
  $("thread-place").textContent = title(channelOf(channel));
  const below = $("thread-below");
  below.replaceChildren(composer({ channel, thread: ts }));
  drawThread();
  below.querySelector("textarea").focus();
}

function closeThread() {
  thread = null;
  $("thread").hidden = true;
  $("frame").classList.remove("with-thread");
}

function drawThread() {
  if (!thread) return;
  const all = messagesOf(channel);
  const shown = all.filter((each) => each.ts === thread || each.thread_ts === thread);
  if (!shown.length) { closeThread(); return; }
  drawList($("thread-messages"), shown, true, "");
  $("thread-messages").scrollTop = $("thread-messages").scrollHeight;
}

// ---------------------------------------------------------------- composing

/** A box to write in: Enter sends, Shift+Enter breaks the line, `/` shows the commands. */
function composer(place) {
  const room = channelOf(place.channel);
  const hints = h("div", { class: "hints", hidden: true, role: "listbox", "aria-label": "Commands" });
  const hint = h("span", { class: "hint", id: place.thread ? "thread-hint" : "hint" }, "Enter sends, Shift+Enter breaks the line");
  const label = place.thread ? "Reply" : `Message ${title(room)}`;
  const box = h("textarea", { rows: 1, id: place.thread ? "thread-composer" : "composer", placeholder: label, "aria-label": label, "aria-describedby": hint.id });
  const send = h("button", { type: "button", class: "send", disabled: true, onclick: () => submit() }, "Send");
  const picker = h("input", { type: "file", hidden: true, multiple: true, "aria-label": "Choose a file", onchange: () => { dropFiles(picker.files, place); picker.value = ""; } });
  async function submit() {
    const text = box.value;
    if (!text.trim()) return;
    box.value = "";
    changed();
    if (!(await act({ do: "send", channel: place.channel, thread_ts: place.thread, text })) && !box.value) { box.value = text; changed(); }
  }
  function changed() {
    send.disabled = !box.value.trim();
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
    showHints();
  }
  function showHints() {
    const word = /^\/(\S*)$/.exec(box.value);
    const typed = state.commands.find((each) => box.value.startsWith(`${each.name} `));
    hint.textContent = typed ? `${typed.name} ${typed.hint}: ${typed.description}` : "Enter sends, Shift+Enter breaks the line";
    const fitting = word && !place.thread ? state.commands.filter((each) => each.name.startsWith(box.value)) : [];
    hints.hidden = fitting.length === 0;
    hints.replaceChildren(...fitting.map((each) => h("button", {
      type: "button", role: "option", "aria-selected": "false", onclick: () => { box.value = `${each.name} `; changed(); box.focus(); },
    }, h("b", {}, each.name), ` ${each.hint}`, h("small", {}, each.description))));
  }
  box.addEventListener("input", changed);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    if (event.key === "Escape" && !hints.hidden) { event.stopPropagation(); hints.hidden = true; }
    if (event.key === "Tab" && !hints.hidden && !event.shiftKey) { event.preventDefault(); hints.querySelector("button").click(); }
  });
  return h("div", { class: "composer" }, hints, box, h("div", { class: "row" },
    h("button", { type: "button", class: "plain", "aria-label": "Attach a file", title: "Attach a file", onclick: () => picker.click() }, "📎"), picker, hint, send));
}

// ---------------------------------------------------------------- rooms

function drawRooms() {
  const entry = (room) => h("li", {}, h("button", {
    type: "button", "data-channel": room.id, "aria-current": room.id === channel ? "page" : null, class: unread.get(room.id) ? "unread" : null, onclick: () => openRoom(room.id),
  }, h("span", { class: "mark", "aria-hidden": "true" }, room.kind === "im" ? "◆" : room.kind === "group" ? "🔒" : "#"), room.name,
  room.shared && h("span", { title: "Shared with another company" }, "⇄"),
  unread.get(room.id) > 0 && h("span", { class: "count", "aria-label": `${unread.get(room.id)} new` }, unread.get(room.id))));
  $("channels").replaceChildren(...state.channels.filter((room) => room.kind !== "im").map(entry));
  $("apps").replaceChildren(...state.channels.filter((room) => room.kind === "im").map(entry));
}

function openRoom(id) {
  const changed = id !== channel;
  channel = id;
  history.replaceState(null, "", `#${id}`);
  unread.delete(id);
  if (changed) { closeThread(); homeOpen = false; }
  toggleMenu(false);
  drawRoom();
}

function drawRoom() {
  const room = channelOf(channel);
  document.title = `${title(room)} · Kepi playground`;
  $("title").textContent = title(room);
  $("topic").textContent = room.kind === "im" ? "Direct message with the app" : room.topic;
  $("badges").replaceChildren(...badges(room));
  $("tabs").hidden = room.kind !== "im" || !state.home_tab;
  drawRooms();
  drawTabs();
  drawMessages();
  const place = `${state.me} ${room.id} ${room.joined} ${room.archived}`;
  if ($("below").dataset.place !== place) $("below").replaceChildren(below(room));
  $("below").dataset.place = place;
}

function badges(room) {
  if (room.kind === "im") return [];
  const list = [h("span", { class: "badge extra" }, `${room.members} members`)];
  if (room.shared) list.push(h("span", { class: "badge warn" }, "Shared"));
  if (!room.has_bot && room.joined) {
    list.push(h("button", { type: "button", class: "badge", title: "/invite @Kepi", onclick: () => act({ do: "invite", channel: room.id }) }, "Invite Kepi"));
  }
  return list;
}

function below(room) {
  if (room.archived) return h("div", { class: "joining" }, "This channel is archived.");
  if (room.joined) return composer({ channel: room.id });
  return h("div", { class: "joining" }, `You are looking at ${title(room)}. `, h("button", { type: "button", class: "button", onclick: () => act({ do: "join", channel: room.id }) }, "Join channel"));
}

function drawTabs() {
  $("tab-home").setAttribute("aria-selected", String(homeOpen));
  $("tab-messages").setAttribute("aria-selected", String(!homeOpen));
  $("home").hidden = !homeOpen;
  $("messages-tab").hidden = homeOpen;
  if (homeOpen) {
    const view = state.home;
    $("home").replaceChildren(view ? blocks(view.body.blocks, { view }) : h("p", { class: "empty" }, "Kepi has not published a Home yet."));
    if (view?.trouble) $("home").prepend(h("p", { class: "trouble", role: "alert" }, `⚠ ${view.trouble}`));
  }
}

function showTab(home) {
  homeOpen = home;
  drawTabs();
  act({ do: "home", tab: home ? "home" : "messages" });
}

function toggleMenu(open) {
  $("frame").classList.toggle("with-menu", open);
  $("menu").setAttribute("aria-expanded", String(open));
}

// ---------------------------------------------------------------- modals

function formValues() {
  const values = {};
  for (const node of $("modal").querySelectorAll("[data-field]")) values[node.dataset.field] = valueIn(node);
  for (const node of $("home").querySelectorAll("[data-field]")) if (!$("modal").open) values[node.dataset.field] = valueIn(node);
  return values;
}

function drawView() {
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

// ---------------------------------------------------------------- live

const TOLD = {
  state(told) {
    const first = state === null || state.me !== told.me;
    state = told;
    if (!channelOf(channel)) channel = (state.channels.find((room) => room.has_bot) ?? state.channels[0]).id;
    drawPeople();
    $("team").textContent = state.team;
    TOLD.status(told);
    if (first) openRoom(channel);
    else drawRoom();
    drawThread();
    drawView();
  },
  message({ message }) {
    const list = messagesOf(message.channel);
    const index = list.findIndex((each) => each.ts === message.ts && each.private === message.private);
    const isNew = index < 0;
    if (isNew) { list.push(message); list.sort((a, b) => (a.ts < b.ts ? -1 : 1)); }
    else list[index] = message;
    if (message.channel !== channel) {
      if (isNew && message.user !== state.me) unread.set(message.channel, (unread.get(message.channel) ?? 0) + 1);
      drawRooms();
      return;
    }
    redraw(message, isNew);
  },
  erased({ channel: place, ts }) {
    state.messages[place] = messagesOf(place).filter((each) => each.ts !== ts);
    if (place !== channel) return;
    for (const node of document.querySelectorAll(`article[data-ts="${ts}"]`)) node.remove();
    drawThread();
  },
  view({ views }) { state.views = views; drawView(); },
  home({ home }) { state.home = home; drawTabs(); },
  status({ status }) { state.status = status; $("status").textContent = status; },
};

/** Draw one message again in place; a reply also renews its parent's count. */
function redraw(message, isNew) {
  const list = $("messages");
  const follow = list.dataset.follow !== "no";
  const own = (!message.thread_ts || message.broadcast) && message;
  const parent = message.thread_ts && messagesOf(channel).find((each) => each.ts === message.thread_ts);
  for (const each of [own, parent].filter(Boolean)) {
    const old = list.querySelector(`article[data-ts="${each.ts}"]`);
    if (old) old.replaceWith(messageNode(each, false));
    else if (each === own && isNew && messagesOf(channel).at(-1) === message && list.querySelector("article")) {
      if (dayOf(message.ts) !== dayOf(messagesOf(channel).at(-2)?.ts ?? "0")) list.append(h("div", { class: "day" }, dayOf(message.ts)));
      list.append(messageNode(each, false));
    } else if (each === own) drawMessages();
  }
  if (follow) list.scrollTop = list.scrollHeight;
  if (thread && (message.thread_ts === thread || message.ts === thread)) drawThread();
}

function drawPeople() {
  $("who").replaceChildren(...state.people.filter((each) => !each.is_bot).map((each) =>
    h("option", { value: each.name, selected: each.id === state.me }, `${each.real_name} (${each.role})`)));
}

function connect() {
  socket?.close();
  const mine = new WebSocket(`ws://${location.host}/page/live?as=${encodeURIComponent(me)}`);
  socket = mine;
  mine.onmessage = (event) => { if (socket === mine) { const told = JSON.parse(event.data); TOLD[told.kind]?.(told); } };
  mine.onclose = () => {
    if (socket !== mine) return;
    if (state === null && me !== "mia") { me = "mia"; connect(); return; }
    $("status").textContent = "The playground has stopped; trying again.";
    setTimeout(() => { if (socket === mine) connect(); }, 1000);
  };
}

$("who").addEventListener("change", (event) => {
  me = event.target.value;
  localStorage.setItem("kepi-me", me);
  closeThread();
  unread.clear();
  connect();
});
$("tab-home").addEventListener("click", () => showTab(true));
$("tab-messages").addEventListener("click", () => showTab(false));
$("tabs").addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") { showTab(!homeOpen); $(homeOpen ? "tab-home" : "tab-messages").focus(); }
});
$("thread-close").addEventListener("click", closeThread);
$("menu").addEventListener("click", () => toggleMenu(!$("frame").classList.contains("with-menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if ($("popover")) closeMenu();
  else if ($("frame").classList.contains("with-menu")) toggleMenu(false);
  else if (thread) closeThread();
});
window.addEventListener("hashchange", () => { const id = location.hash.slice(1); if (state && channelOf(id)) openRoom(id); });

for (const [zone, where] of [[document.querySelector(".conversation"), () => ({ channel })], [$("thread"), () => ({ channel, thread })]]) {
  zone.addEventListener("dragover", (event) => { event.preventDefault(); $("dropping").hidden = false; });
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) $("dropping").hidden = true; });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    $("dropping").hidden = true;
    if (event.dataTransfer.files.length) dropFiles(event.dataTransfer.files, where());
  });
}

connect();
