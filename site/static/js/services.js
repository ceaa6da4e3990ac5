// How the frames of three platforms are spoken to, by messages alone: no script of theirs runs in our page.
// Each has the origin that its messages must come from, a greeting that it answers when it is ready, what to ask of it
// then, and how it is sent to a second. `read` makes of what it says {second}, {fails} or {}; nothing of anything else.
// In the words of https://developers.google.com/youtube/iframe_api_reference, https://github.com/vimeo/player.js and
// https://developers.soundcloud.com/docs/api/html5-widget.

const told = (method, value) => JSON.stringify({ method, value });
const command = (func, ...args) => JSON.stringify({ event: "command", func, args, id: 1, channel: "widget" });

const youtube = {
  name: "YouTube",
  origin: "https://www.youtube-nocookie.com",
  // It speaks only to the origin that its address names; on a phone it stays in the page.
  address(embed) {
    const address = new URL(embed);
    const asked = { enablejsapi: 1, origin: location.origin, playsinline: 1 };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    return address.href;
  },
  greeting: JSON.stringify({ event: "listening", id: 1, channel: "widget" }),
  wishes: [command("addEventListener", "onError")],
  playFrom: (second) => [command("seekTo", second, true), command("playVideo")],
  read({ event, info }) {
    if (event === "onError") return { fails: true };
    return ["onReady", "initialDelivery", "infoDelivery"].includes(event) ? { second: info?.currentTime } : null;
  },
};

const vimeo = {
  name: "Vimeo",
  origin: "https://player.vimeo.com",
  address: (embed) => embed,
  greeting: told("ping"),
  wishes: [told("addEventListener", "timeupdate")],
  playFrom: (second) => [told("setCurrentTime", second), told("play")],
  read({ event, method, data }) {
    if (event === "error" && data?.method === "ready") return { fails: true };
    if (event === "timeupdate") return { second: data?.seconds };
    return event === "ready" || method === "ping" ? {} : null;
  },
};

const soundcloud = {
  name: "SoundCloud",
  origin: "https://w.soundcloud.com",
  address: (embed) => embed,
  greeting: told("getPosition"),
  wishes: [told("addEventListener", "playProgress"), told("addEventListener", "error")],
  playFrom: (second) => [told("seekTo", second * 1000), told("play")],
  read({ method, value }) {
    if (method === "error") return { fails: true };
    if (method === "playProgress") return { second: value?.currentPosition / 1000 };
    return ["ready", "getPosition"].includes(method) ? {} : null;
  },
};

const services = [youtube, vimeo, soundcloud];

export const serviceOf = (embed) => services.find(({ origin }) => embed.startsWith(`${origin}/`));
