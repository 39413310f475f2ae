// Block Kit as nodes: what stands in messages, forms and Home.
import { press } from "./acts.js";
import { emoji } from "./emoji.js";
import { $, h, menu } from "./nodes.js";
import { state, title } from "./state.js";
import { link, markdown, mrkdwn, placeOf, plainOf, richText, safeLink, textOf } from "./text.js";

/** `place` says where the blocks stand: {message} or {view}. */
export function blocks(list, place) {
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

/** What an app attached in the old way: a bar, an author, a title, texts, fields, blocks. */
export function attachment(each, message) {
  const title = each.title && (each.title_link ? link(each.title_link, emoji(each.title)) : emoji(each.title));
  const node = h("div", { class: "attachment" },
    each.pretext && h("div", {}, mrkdwn(each.pretext)),
    each.author_name && h("b", {}, each.author_name),
    title && h("div", { class: "attached-title" }, title),
    each.text && h("div", {}, mrkdwn(each.text)),
    each.fields && h("div", { class: "fields" }, each.fields.map((pair) => h("div", {}, h("b", {}, pair.title), h("br"), mrkdwn(String(pair.value ?? ""))))),
    each.blocks && blocks(each.blocks, { message }),
    each.footer && h("small", { class: "quiet" }, each.footer));
  if (/^#?[0-9a-f]{6}$/i.test(each.color ?? "")) node.style.borderColor = `#${each.color.replace("#", "")}`;
  return node;
}

export function fileAddress(id, download) {
  return `/page/file/${encodeURIComponent(id)}?as=${encodeURIComponent(state.me)}${download ? "&download=1" : ""}`;
}

function imageOf(block) {
  const id = block.slack_file?.id ?? /-(F[A-Z0-9]+)\//.exec(block.slack_file?.url ?? "")?.[1];
  if (!id) return h("span", {}, `🖼 ${block.alt_text} `, link(block.image_url ?? "", "(image elsewhere)"));
  return h("img", { src: fileAddress(id), alt: block.alt_text });
}

export function picture(block) {
  const image = imageOf(block);
  if (image.tagName !== "IMG") return image;
  image.addEventListener("load", () => document.dispatchEvent(new Event("picture")));
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
    if (url && placeOf(url)) location.hash = placeOf(url);
    else if (url) window.open(url, "_blank", "noopener");
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

export function valueIn(node) {
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
