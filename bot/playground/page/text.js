// Slack's mrkdwn, Markdown and rich text as nodes.
import { EMOJI, emoji } from "./emoji.js";
import { append, h } from "./nodes.js";
import { channelOf, nameOf, person, state } from "./state.js";

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export const safeLink = (url) => (/^(https?:|mailto:)/i.test(url) ? url : null);

export function link(url, label) {
  const good = safeLink(unescape(url));
  if (!good) return document.createTextNode(unescape(label ?? url));
  const here = placeOf(good);
  const props = here ? { href: `#${here}` } : { href: good, target: "_blank", rel: "noopener noreferrer" };
  return h("a", props, label ?? unescape(url));
}

/** Where in this page a permalink leads: channel, message and thread, as its hash. */
export function placeOf(url) {
  const found = new RegExp(`^${location.origin}/archives/([A-Z0-9]+)/p(\\d+)(\\d{6})(?:\\?thread_ts=([\\d.]+))?`).exec(url);
  return found && `${found[1]}/${found[2]}.${found[3]}/${found[4] ?? ""}`;
}

/** Slack's mrkdwn as nodes: code, mentions, links, bold, italic, strike, quotes, emoji. */
export function mrkdwn(text) {
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

export function token(inside) {
  const [target, label] = inside.split("|");
  if (target.startsWith("@")) return at(target.slice(1), label);
  if (target.startsWith("#")) return h("span", { class: "at" }, `#${channelOf(target.slice(1))?.name ?? label ?? "channel"}`);
  if (target.startsWith("!date^")) return document.createTextNode(slackDate(target, label));
  if (target.startsWith("!subteam")) return h("span", { class: "at" }, `@${state.groups[target.split("^")[1]] ?? label ?? "group"}`);
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

export const textOf = (object) => (!object ? [] : object.type === "mrkdwn" ? mrkdwn(object.text) : [emoji(object.text)]);
export const plainOf = (object) => (object ? emoji(object.text) : "");

/** Common Markdown of the markdown block: headings, lists, code, bold, italic, links. */
export function markdown(text) {
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

export function richText(block) {
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
