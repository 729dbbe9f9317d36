/*
 * What the desk does by itself on an open page: the times go on, a new referral is announced, and
 * a screen left alone is closed. Each page works without it.
 */
import { announce, isWanted, offer } from "./notify.js";

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86400;
const PULSE_MS = 10_000;
const WARNED_BEFORE_S = 60;
const SOON_S = HOUR_S;

const count = (number, unit) => `${number}\u00a0${unit}${number === 1 ? "" : "s"}`;

/** The same words as the server's. */
export function saySpan(seconds) {
  if (seconds < MINUTE_S) return "a\u00a0moment";
  if (seconds < HOUR_S) return count(Math.floor(seconds / MINUTE_S), "minute");
  if (seconds < DAY_S) {
    const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
    const hours = count(Math.floor(seconds / HOUR_S), "hour");
    return minutes ? `${hours} ${minutes}\u00a0min` : hours;
  }
  const days = Math.floor(seconds / DAY_S);
  const hours = Math.floor((seconds % DAY_S) / HOUR_S);
  return hours && days < 7 ? `${count(days, "day")} ${count(hours, "hour")}` : count(days, "day");
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function showTimes(nowMs) {
  for (const time of document.querySelectorAll("time[data-since]")) {
    say(time, saySpan(Math.max(0, nowMs - Date.parse(time.dateTime)) / 1000));
  }
  for (const time of document.querySelectorAll("time[data-until]")) {
    const left = (Date.parse(time.dateTime) - nowMs) / 1000;
    say(time, left < 0 ? `overdue by ${saySpan(-left)}` : `${saySpan(left)} left`);
    const place = time.closest(".row, .clock");
    place.classList.toggle("overdue", left < 0);
    place.classList.toggle("soon", left >= 0 && left <= SOON_S);
  }
}

function leave() {
  location.replace("/desk/sign-in?ended=1");
}

/** Whoever signs out in one window has left in all: another may stand open behind it, with a name on it. */
function listenForTheEnd(address) {
  const windows = new BroadcastChannel("desk");
  const hasEnded = new URLSearchParams(location.search).has("ended");
  if (!address && hasEnded) windows.postMessage("ended");
  if (!address) return windows.close();
  // The server is asked: a window that was left alone may close while this one is in use.
  windows.onmessage = () => askWhetherSignedIn(address).catch(() => {});
}

async function askWhetherSignedIn(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (answer.status === 401) leave();
  return answer;
}

let lastWaiting = null;

/** A page that nobody sees asks only for who wants to be told. */
async function takePulse(address, shown) {
  if (document.hidden && !isWanted()) return;
  const answer = await askWhetherSignedIn(address);
  if (!answer.ok) return;
  const { waiting, contacted, questions } = await answer.json();
  const isMore = lastWaiting !== null && waiting > lastWaiting;
  lastWaiting = waiting;
  if (isMore && document.hidden && isWanted()) announce().catch(() => {});
  if (!shown) return;
  const changed = `${waiting}/${contacted}/${questions}` !== shown.dataset.counts;
  shown.querySelector("a").hidden = !changed;
  document.title = document.title.replace(/^(\(\d+\) )?/, waiting ? `(${waiting}) ` : "");
}

/** Asked each second and not set as one alarm: a phone that sleeps stops its alarms too. */
function watchIdle(goneS, idleS, dialog) {
  if (goneS >= idleS) leave();
  else if (goneS >= idleS - WARNED_BEFORE_S && !dialog.open) dialog.showModal();
}

function revealWords(label) {
  const words = document.getElementById(label.dataset.reveal);
  label.hidden = false;
  label.addEventListener("change", (event) => {
    words.type = event.target.checked ? "text" : "password";
  });
}

function tapOnce(form) {
  form.addEventListener("submit", ({ submitter }) => {
    // What opens beside this page leaves it here, to be used on.
    if ((submitter?.formTarget || form.target) === "_blank") return;
    // After the browser has read which button it was.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    });
  });
}

document.querySelectorAll("[data-reveal]").forEach(revealWords);
document.querySelectorAll("form").forEach(tapOnce);

document.querySelectorAll("[data-notify]").forEach(offer);

const { pulse, idleS, now } = document.body.dataset;
if (pulse) {
  const openedMs = Date.now();
  const shown = document.querySelector("[data-counts]");
  const dialog = document.querySelector("dialog.idle");
  if (shown) lastWaiting = Number(shown.dataset.counts.split("/")[0]);
  const tick = () => {
    const goneMs = Date.now() - openedMs;
    showTimes(Date.parse(now) + goneMs);
    watchIdle(goneMs / 1000, Number(idleS), dialog);
  };
  setInterval(tick, 1000);
  setInterval(() => takePulse(pulse, shown).catch(() => {}), PULSE_MS);
  document.addEventListener("visibilitychange", () => {
    tick();
    if (!document.hidden) takePulse(pulse, shown).catch(() => {});
  });
}
listenForTheEnd(pulse);
// A page from the browser's memory may belong to a session that has ended.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
