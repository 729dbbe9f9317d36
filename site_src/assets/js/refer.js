// Either form, the office's or the patient's, with a script: checked before it is sent, sent without leaving the page, and
// what was typed stays until a receipt is here. Without this script the form posts as any form does.
import { clearComplaint, findComplaints, showComplaints } from "./complaints.js";
import { isReachable, newKey, readAnswers, send } from "./sending.js";
import { askServer, offerTimes } from "./times.js";

const form = document.getElementById("referral");
const receipt = document.getElementById("receipt");
const button = form.querySelector("[type=submit]");
const attempt = { body: "", key: "", warned: false };

form.noValidate = true; // our own messages stand beside the fields and stay there
takeSourceFromAddress();
countCharacters(form.elements.note);
askServer(form);
form.addEventListener("submit", submit);
form.addEventListener("change", (event) => clearComplaint(form, event.target.name));
document.getElementById("again")?.addEventListener("click", referAnother);
document.getElementById("send-now").addEventListener("click", () => {
  attempt.warned = true;
  form.requestSubmit();
});

async function submit(event) {
  event.preventDefault();
  hideTroubles();
  const complaints = findComplaints(form);
  showComplaints(form, complaints);
  if (complaints.size) {
    return;
  }
  const answers = readAnswers(form);
  const key = keyFor(JSON.stringify(answers));
  const label = button.textContent;
  button.disabled = true;
  button.textContent = form.dataset.sending;
  // A note of risk stops the first sending of a form; a person who was warned is never stopped.
  const answer = await send(
    form.action,
    { ...answers, risk_notice: attempt.warned ? "seen" : "ask" },
    key,
  );
  const plain = !isUnderstood(answer) && (await isReachable(form.action));
  button.disabled = false;
  button.textContent = label;
  if (plain) {
    form.submit(); // as without a script; the same key keeps it from being counted twice
  } else {
    show(answer);
  }
}

function isUnderstood(answer) {
  return Boolean(answer.received || answer.errors || answer.title || answer.interrupt);
}

// The same words sent twice are one referral, so they keep their key; changed words are another.
function keyFor(body) {
  if (attempt.body !== body) {
    attempt.body = body;
    attempt.key = newKey();
  }
  form.elements.submission_id.value = attempt.key;
  return attempt.key;
}

function show(answer) {
  if (answer.received) {
    showReceipt(answer.received);
  } else if (answer.interrupt) {
    reveal(document.getElementById("risk"));
  } else if (answer.errors) {
    if (answer.times) {
      offerTimes(form, answer.times);
    }
    showComplaints(form, new Map(Object.entries(answer.errors)));
    document.querySelector('fieldset[data-field="first_call"]:has(> .error)')?.removeAttribute("hidden");
  } else if (answer.title) {
    const refusal = document.getElementById("refusal");
    refusal.querySelector("[data-slot=title]").textContent = answer.title;
    refusal.querySelector("[data-slot=detail]").textContent = answer.detail;
    reveal(refusal);
  } else {
    reveal(document.getElementById("trouble"));
  }
}

function showReceipt(received) {
  receipt.querySelector("[data-slot=receipt]").textContent = received.receipt;
  receipt.querySelector("[data-slot=promised_by]").textContent = sayMoment(received.promised_by);
  receipt.querySelector("[data-slot=status_url]").href = received.status_url;
  forgetPatient();
  form.hidden = true;
  receipt.hidden = false;
  document.getElementById("receipt-heading").focus();
}

function referAnother() {
  receipt.hidden = true;
  form.hidden = false;
  form.elements.patient_name.focus();
}

// The office's own part stays for its next referral; nothing of the patient does.
function forgetPatient() {
  for (const field of form.elements) {
    if (field.type === "hidden" || field.name.startsWith("referrer_") || field.name === "report_back") {
      continue;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = false;
    } else if (field.tagName === "SELECT") {
      field.selectedIndex = 0;
    } else if ("value" in field && field.type !== "submit") {
      field.value = "";
    }
  }
  Object.assign(attempt, { body: "", key: "", warned: false });
  form.elements.submission_id.value = "";
  askServer(form); // the time that was taken is offered to nobody any more
}

function sayMoment(text) {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) {
    return text;
  }
  const shape = { weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" };
  const zone = { ...shape, timeZone: form.dataset.timeZone };
  return new Intl.DateTimeFormat(document.documentElement.lang, zone).format(moment);
}

// A printed code that leads to the static page carries the office in the address.
function takeSourceFromAddress() {
  const source = new URLSearchParams(location.search).get("source");
  if (source && !form.elements.source.value) {
    form.elements.source.value = source;
  }
}

// Said only when room gets short: a count that speaks at every letter is noise.
function countCharacters(note) {
  const count = document.createElement("p");
  count.className = "hint";
  count.setAttribute("role", "status");
  note.after(count);
  note.addEventListener("input", () => {
    const left = note.maxLength - note.value.length;
    count.textContent = left <= 50 ? form.dataset.left.replace("{count}", left) : "";
  });
}

function hideTroubles() {
  for (const name of ["trouble", "refusal", "risk"]) {
    document.getElementById(name).hidden = true;
  }
}

function reveal(element) {
  element.hidden = false;
  element.focus();
}
