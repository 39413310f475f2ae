// Emoji by Slack's names, and choosing one for a reaction.
import { closeMenu, h, popover } from "./nodes.js";

export const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", white_check_mark: "✅", heavy_check_mark: "✔️",
  ballot_box_with_check: "☑️", x: "❌", eyes: "👀", ticket: "🎫", tada: "🎉", warning: "⚠️", fire: "🔥",
  heart: "❤️", smile: "😄", slightly_smiling_face: "🙂", joy: "😂", thinking_face: "🤔", pray: "🙏",
  wave: "👋", clap: "👏", raised_hands: "🙌", raising_hand: "🙋", rocket: "🚀", bulb: "💡", mag: "🔍", bell: "🔔", lock: "🔒",
  calendar: "📅", spiral_calendar_pad: "🗓️", clock1: "🕐", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", memo: "📝",
  outbox_tray: "📤", inbox_tray: "📥", file_folder: "📁", paperclip: "📎", link: "🔗", pushpin: "📌",
  star: "⭐", trophy: "🏆", sparkles: "✨", zap: "⚡", sunny: "☀️", coffee: "☕", 100: "💯", point_right: "👉",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", red_circle: "🔴", large_green_circle: "🟢",
  large_yellow_circle: "🟡", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫", no_entry_sign: "🚫",
  information_source: "ℹ️", question: "❓", exclamation: "❗", gear: "⚙️", wastebasket: "🗑️", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", speech_balloon: "💬", email: "📧", phone: "☎️", iphone: "📱", camera: "📷",
  alarm_clock: "⏰", zzz: "💤", raised_hand: "✋", ok_hand: "👌", muscle: "💪", package: "📦", truck: "🚚",
};
const MARKS = ["white_check_mark", "eyes", "ticket", "hourglass_flowing_sand", "raising_hand", "wastebasket", "outbox_tray", "lock"];
const OTHERS = ["+1", "wave", "raised_hands", "pray", "clap", "tada", "heart", "fire", "joy", "x", "no_entry_sign", "heavy_check_mark"];
const TONED = new Set(["+1", "-1", "wave", "clap", "pray", "raised_hands", "raising_hand", "raised_hand", "ok_hand", "muscle", "point_right"]);
const TONES = [2, 3, 4, 5, 6];

let tone = Number(localStorage.getItem("kepi-tone")) || 0;

/** The picture of a reaction: `wave::skin-tone-3` has one of its own. */
export function symbolOf(name) {
  const [base, variant] = name.split("::");
  const plain = EMOJI[base];
  if (!plain) return `:${base}:`;
  const shade = Number(variant?.at(-1));
  return shade ? plain.replace("\ufe0f", "") + String.fromCodePoint(0x1f3fb + shade - 2) : plain;
}

export const emoji = (text) => text.replace(/:([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:/g,
  (whole, name, shade) => (name in EMOJI ? symbolOf(shade ? `${name}::skin-tone-${shade}` : name) : whole));

const toned = (name) => (tone && TONED.has(name) ? `${name}::skin-tone-${tone}` : name);

/** Let a person choose a reaction: the marks that are taught, some others, any by its name. */
export function pickEmoji(anchor, done) {
  const choose = (name) => { closeMenu(); done(name); };
  const one = (name) => h("button", { type: "button", role: "menuitem", "aria-label": toned(name), title: `:${toned(name)}:`, "data-value": name, onclick: () => choose(toned(name)) }, symbolOf(toned(name)));
  const shade = (value) => h("button", {
    type: "button", role: "menuitemradio", "aria-checked": String(tone === value), "aria-label": value ? `Skin tone ${value - 1}` : "No skin tone",
    onclick: () => { tone = value; localStorage.setItem("kepi-tone", String(value)); pickEmoji(anchor, done); },
  }, value ? symbolOf(`raised_hand::skin-tone-${value}`) : "✋");
  const name = h("input", { type: "text", placeholder: "another, by name", "aria-label": "Emoji by name", autocapitalize: "off" });
  const typed = h("form", {}, name, h("button", { type: "submit", class: "button" }, "Add"));
  typed.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = name.value.trim().replaceAll(/^:|:$/g, "").toLowerCase();
    if (/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(wanted)) choose(wanted);
  });
  popover(anchor, "emoji",
    h("div", { class: "grid" }, MARKS.map(one)), h("div", { class: "grid" }, OTHERS.map(one)),
    h("div", { class: "grid tones", role: "group", "aria-label": "Skin tone" }, [0, ...TONES].map(shade)), typed);
}
