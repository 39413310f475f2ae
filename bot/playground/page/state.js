// What this page was told of the workspace, as the person it shows sees it, and finding things in it.

export const SLACKBOT = "USLACKBOT";
export let state = null;

/** Take over what the playground told. */
export function setState(told) {
  state = told;
}

export const person = (id) => state.people.find((each) => each.id === id);
export const nameOf = (id) => (id === SLACKBOT ? "Slackbot" : person(id)?.real_name.split(" ")[0] ?? state.apps[id] ?? id);
export const authorOf = (message) => message.name || nameOf(message.user);
export const channelOf = (id) => state.channels.find((each) => each.id === id);
export const messagesOf = (id) => (state.messages[id] ??= []);
export const title = (room) => (room.kind === "im" ? room.name : `${room.kind === "group" ? "🔒 " : "#"}${room.name}`);
