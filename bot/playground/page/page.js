// A small Slack for one machine. Every text reaches the page as text nodes, never as markup.
import { act, dropFiles } from "./acts.js";
import { attachment, blocks, fileAddress, picture } from "./blocks.js";
import { pickEmoji, symbolOf } from "./emoji.js";
import { drawView } from "./forms.js";
import { $, clear, closeMenu, h, menu } from "./nodes.js";
import { SLACKBOT, authorOf, channelOf, messagesOf, nameOf, person, setState, state, title } from "./state.js";
import { mrkdwn, unescape } from "./text.js";
import { customerWrites, nowHere, openClock, setClock } from "./town.js";

const FACES = ["#8a4f7d", "#2b6c8f", "#5b7f2b", "#a3552b", "#5a58a8", "#2b8a72"];

let me = localStorage.getItem("kepi-me") || "mia";
let [channel, wantedTs, wantedThread] = location.hash.slice(1).split("/");
let thread = null;
let homeOpen = false;
let socket = null;
const unread = new Map();

// ---------------------------------------------------------------- messages

function face(id, name = nameOf(id)) {
  const index = [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  const color = id === state.bot ? "#0f6b7c" : id === SLACKBOT ? "#6b6a6e" : FACES[index % FACES.length];
  const node = h("div", { class: "face", "aria-hidden": "true" }, name[0]);
  node.style.background = color;
  return node;
}

const today = () => nowHere().toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const dateOf = (ts) => new Date(Number(ts.split(".")[0]) * 1000);
const clock = (ts) => dateOf(ts).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
const dayOf = (ts) => dateOf(ts).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

const OWN_LINE = /_(join|leave|archive|unarchive|name|topic|purpose)$/;

/** The time, with the date unless it was today. */
function whenOf(ts) {
  const day = dateOf(ts).toLocaleDateString(undefined, { day: "numeric", month: "short" });
  return dayOf(ts) === today() ? clock(ts) : `${day}, ${clock(ts)}`;
}

function messageNode(message, inThread) {
  const app = message.name || message.user === state.bot || message.user === SLACKBOT;
  const told = message.text.includes(`<@${state.me}`);
  const gone = message.subtype === "tombstone";
  const classes = ["message", message.private && "private", told && !message.private && "told", (gone || OWN_LINE.test(message.subtype ?? "")) && "system"];
  const content = message.blocks.length ? blocks(message.blocks, { message }) : h("div", { class: "body" }, mrkdwn(message.text));
  const stranger = person(message.user)?.role === "other company" && person(message.user).team;
  return h("article", { class: classes.filter(Boolean).join(" "), "data-ts": message.ts, "data-private": message.private, "aria-label": `${authorOf(message)} at ${clock(message.ts)}` },
    message.private && h("p", { class: "eyes" }, "👁 Only visible to you", h("button", { type: "button", class: "link", onclick: () => act({ do: "delete", ...ref(message) }) }, "Dismiss")),
    face(message.user, authorOf(message)),
    h("div", {},
      h("div", {}, h("span", { class: "author" }, authorOf(message)), app && h("span", { class: "app" }, "APP"), stranger && h("span", { class: "app" }, stranger),
        h("time", { class: "when", datetime: dateOf(message.ts).toISOString(), title: `${dayOf(message.ts)}, ${clock(message.ts)}` }, inThread ? whenOf(message.ts) : clock(message.ts))),
      message.thread_ts && !inThread && h("button", { type: "button", class: "broadcast link", onclick: () => openThread(message.thread_ts) }, "replied to a thread"),
      message.broadcast && inThread && h("p", { class: "broadcast" }, "also sent to the channel"),
      content,
      message.edited && h("span", { class: "edited" }, " (edited)"),
      message.attachments.map((each) => attachment(each, message)),
      message.files.map(fileCard),
      message.trouble && h("p", { class: "trouble", role: "alert" }, "⚠ ", message.trouble),
      message.reactions.length > 0 && h("div", { class: "reactions" }, message.reactions.map((each) => reaction(each, message)), addReaction(message, "more")),
      !inThread && threadLink(message)),
    !message.private && !gone && tools(message, inThread));
}

const ref = (message) => ({ channel: message.channel, ts: message.ts });
const react = (message, name) => act({ do: "react", ...ref(message), name });

function reaction(each, message) {
  const names = each.users.map(nameOf).join(", ");
  return h("button", { type: "button", "aria-pressed": String(each.users.includes(state.me)), title: `${names} reacted with :${each.name}:`, "aria-label": `${each.name}, ${each.count}: ${names}`, onclick: () => react(message, each.name) },
    `${symbolOf(each.name)} ${each.count}`);
}

const addReaction = (message, kind = "") => h("button", {
  type: "button", class: kind, "aria-label": "Add reaction", title: "Add reaction", onclick: (event) => pickEmoji(event.currentTarget, (name) => react(message, name)),
}, "☺+");

/** How many replied, who, and when last. */
function threadLink(message) {
  const below = messagesOf(message.channel).filter((each) => each.thread_ts === message.ts);
  const count = below.length;
  const who = [...new Map(below.map((each) => [each.user, each])).values()].slice(0, 3);
  return count > 0 && h("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) },
    who.map((each) => face(each.user, authorOf(each))), h("b", {}, count === 1 ? "1 reply" : `${count} replies`),
    h("span", { class: "quiet" }, `last ${whenOf(below.at(-1).ts)}`));
}

/** Who put which mark on a message: the names that a phone cannot hover over. */
function whoReacted(message) {
  const dialog = $("asking");
  dialog.onclose = null;
  dialog.replaceChildren(h("h2", { id: "asking-title" }, "Reactions"),
    h("ul", { class: "plainlist" }, message.reactions.map((each) => h("li", {}, h("b", {}, symbolOf(each.name)), ` ${each.users.map(nameOf).join(", ")} `, h("span", { class: "quiet" }, `:${each.name}:`)))),
    h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close")));
  dialog.showModal();
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
  if (message.reactions.length) extra.push({ label: "Who reacted", value: "who", run: () => whoReacted(message) });
  if (message.own) {
    extra.push({ label: "Edit", value: "edit", run: () => editMessage(message) }, { label: "Delete", value: "delete", run: () => act({ do: "delete", ...ref(message) }) });
  }
  return h("div", { class: "tools" },
    addReaction(message),
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
    if (inThread && message.ts === thread) list.append(h("div", { class: "day counted" }, shown.length === 1 ? "No replies yet" : shown.length === 2 ? "1 reply" : `${shown.length - 1} replies`));
  }
}

const atEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 160;
function keepAtEnd() {
  for (const list of [$("messages"), $("thread-messages")]) if (list.dataset.follow !== "no") list.scrollTop = list.scrollHeight;
}
document.addEventListener("picture", keepAtEnd);
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
  $("thread-customer").replaceChildren(customerReplies(ts) ?? "");
  const below = $("thread-below");
  const room = channelOf(channel);
  below.replaceChildren(room.joined && !room.archived ? composer({ channel, thread: ts }) : "");
  drawThread();
  below.querySelector("textarea")?.focus();
}

/** The button by which the customer of a relayed post goes on in its thread. */
function customerReplies(ts) {
  const root = messagesOf(channel).find((each) => each.ts === ts);
  const relays = state.relays.filter((each) => each.bot_id === root?.user);
  const handle = root?.attachments[0]?.author_name ?? /\*@([^*]+)\*/.exec(root?.text ?? "")?.[1] ?? "";
  return relays.length ? h("button", { type: "button", class: "badge", onclick: () => customerWrites(relays, sayAsCustomer, { thread_ts: ts, handle }) }, "Customer replies") : null;
}

/** Let a customer write, and look where it lands. */
async function sayAsCustomer(what) {
  const room = state.relays.find((each) => each.bot_id === what.bot_id)?.channel;
  if (room !== channel && channelOf(room)) openRoom(room);
  $("messages").dataset.follow = "yes";
  return act(what);
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
  if (!shown.some((each) => !each.private)) { closeThread(); return; }
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
  const also = h("input", { type: "checkbox", id: "also" });
  const box = h("textarea", { rows: 1, id: place.thread ? "thread-composer" : "composer", placeholder: label, "aria-label": label, "aria-describedby": hint.id });
  const send = h("button", { type: "button", class: "send", disabled: true, onclick: () => submit() }, "Send");
  const picker = h("input", { type: "file", hidden: true, multiple: true, "aria-label": "Choose a file", onchange: () => { dropFiles(picker.files, place); picker.value = ""; } });
  async function submit() {
    const text = box.value;
    if (!text.trim()) return;
    const broadcast = also.checked;
    box.value = "";
    also.checked = false;
    changed();
    if (!(await act({ do: "send", channel: place.channel, thread_ts: place.thread, text, broadcast })) && !box.value) { box.value = text; changed(); }
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
  const shortcuts = state.shortcuts.filter((each) => each.kind === "global").map((each) => ({
    label: each.name, value: each.callback_id, run: () => act({ do: "shortcut", callback_id: each.callback_id }),
  }));
  return h("div", { class: "composer" }, hints, box,
    place.thread && room.kind !== "im" && h("label", { class: "also", for: "also" }, also, `Also send to ${title(room)}`),
    h("div", { class: "row" },
    !place.thread && shortcuts.length > 0 && h("button", { type: "button", class: "plain", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, shortcuts) }, "⚡"),
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

/** Go where a link leads: to a message, opening its thread. */
function goTo(hash) {
  const [id, ts, root] = hash.split("/");
  if (!channelOf(id)) return;
  openRoom(id);
  const found = messagesOf(id).find((each) => each.ts === ts);
  if (!found) return;
  if (root || found.thread_ts) openThread(root || found.thread_ts);
  else if (messagesOf(id).some((each) => each.thread_ts === ts)) openThread(ts);
  $("messages").dataset.follow = "no";
  for (const node of document.querySelectorAll(`article[data-ts="${ts}"], article[data-ts="${root || ts}"]`)) {
    node.scrollIntoView({ block: "center" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 2500);
  }
}

function openRoom(id) {
  const changed = id !== channel;
  channel = id;
  if (changed) $("messages").dataset.follow = "yes";
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
  keepAtEnd();
  $("below").dataset.place = place;
}

function badges(room) {
  if (room.kind === "im") return [];
  const list = [h("span", { class: "badge extra" }, `${room.members} members`)];
  if (room.shared) list.push(h("span", { class: "badge warn" }, "Shared"));
  if (!room.has_bot && room.joined) {
    list.push(h("button", { type: "button", class: "badge", title: "/invite @Kepi", onclick: () => act({ do: "invite", channel: room.id }) }, "Invite Kepi"));
  }
  const relays = state.relays.filter((each) => each.channel === room.id);
  if (relays.length) list.push(h("button", { type: "button", class: "badge", onclick: () => customerWrites(relays, sayAsCustomer) }, "A customer writes"));
  list.push(h("button", { type: "button", class: "plain", "aria-label": "About this channel", "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, aboutChannel(room), "right") }, "⋮"));
  return list;
}

/** What a person can do to a channel. */
function aboutChannel(room) {
  const doing = (what) => () => act({ do: what, channel: room.id });
  const items = [{ label: "Who is here", value: "members", run: () => whoIsHere(room) }];
  if (room.joined && !room.archived) {
    items.push(room.has_bot ? { label: "Remove Kepi", value: "remove", run: doing("remove_bot") } : { label: "Invite Kepi", value: "invite", run: doing("invite") });
    items.push({ label: "Leave", value: "leave", run: doing("leave") });
  }
  if (person(state.me).role === "admin") items.push({ label: room.archived ? "Unarchive" : "Archive", value: "archive", run: doing("archive") });
  return items;
}

function whoIsHere(room) {
  const dialog = $("asking");
  dialog.onclose = null;
  dialog.replaceChildren(h("h2", { id: "asking-title" }, title(room)),
    h("ul", { class: "plainlist" }, room.people.map(person).filter(Boolean).map((each) => h("li", {}, h("b", {}, each.real_name), h("span", { class: "quiet" }, ` ${each.ours ? "" : `${each.team}, `}${each.role}`)))),
    h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close")));
  dialog.showModal();
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
    const shown = JSON.stringify([view?.id, view?.body, view?.state, view?.trouble]);
    if ($("home").dataset.shown === shown) return;  // a press is not lost when the same is published
    $("home").dataset.shown = shown;
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

// ---------------------------------------------------------------- live

const TOLD = {
  state(told) {
    const first = state === null || state.me !== told.me;
    setState(told);
    if (!channelOf(channel)) channel = (state.channels.find((room) => room.has_bot) ?? state.channels[0]).id;
    drawPeople();
    $("team").textContent = state.team;
    TOLD.status(told);
    setClock(state.now);
    if (first) openRoom(channel);
    else drawRoom();
    if (wantedTs) { goTo(`${channel}/${wantedTs}/${wantedThread ?? ""}`); wantedTs = null; }
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
  clock({ now }) { setClock(now); },
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
  const entry = (each) => h("option", { value: each.name, selected: each.id === state.me }, each.role === "member" || !each.ours ? each.real_name : `${each.real_name} (${each.role})`);
  const here = state.people.filter((each) => !each.is_bot && !each.deleted);
  const teams = [...new Set(here.map((each) => each.team))];
  $("who").replaceChildren(...teams.map((team) => h("optgroup", { label: team }, here.filter((each) => each.team === team).map(entry))));
  $("outside").replaceChildren(state.relays.length ? h("button", { type: "button", onclick: () => { toggleMenu(false); customerWrites(state.relays, sayAsCustomer); } }, h("span", { class: "mark", "aria-hidden": "true" }, "💬"), "A customer writes…") : "");
  $("outside-title").hidden = !state.relays.length;
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
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.("#sidebar, #menu, dialog")) toggleMenu(false);
});
$("thread-close").addEventListener("click", closeThread);
$("clock").addEventListener("click", () => openClock(act));
$("menu").addEventListener("click", () => toggleMenu(!$("frame").classList.contains("with-menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if ($("popover")) closeMenu();
  else if ($("frame").classList.contains("with-menu")) toggleMenu(false);
  else if (thread) closeThread();
});
window.addEventListener("hashchange", () => { if (state) goTo(location.hash.slice(1)); });

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
