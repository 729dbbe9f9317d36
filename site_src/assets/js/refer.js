// Either form, the office's or the patient's, with a script: checked before it is sent, sent without leaving the page, and
// what was typed stays until a receipt is here. Without this script the form posts as any form does.
import { reveal, showReceipt, showRefusal } from "./answered.js";
import { findComplaints, recheck, showComplaints } from "./complaints.js";
import { showProgress } from "./progress.js";
import { isReachable, keyFor, readAnswers, send } from "./sending.js";
import { askServer, offerTimes } from "./times.js";
import { helpTyping } from "./typing.js";

const form = document.getElementById("referral");
const receipt = document.getElementById("receipt");
const attempt = { body: "", key: "", warned: false, underway: false };

form.noValidate = true; // our own messages stand beside the fields and stay there
takeSourceFromAddress();
takeClinicianFromAddress();
helpTyping(form);
askServer(form);
form.addEventListener("submit", submit);
form.addEventListener("change", (event) => recheck(form, event.target));
document.getElementById("again")?.addEventListener("click", referAnother);
document.getElementById("send-now").addEventListener("click", () => {
  attempt.warned = true;
  form.requestSubmit();
});

async function submit(event) {
  event.preventDefault();
  if (attempt.underway) {
    return; // a second tap while the first is on its way
  }
  hideTroubles();
  const complaints = findComplaints(form);
  showComplaints(form, complaints);
  if (complaints.size) {
    return;
  }
  const answers = readAnswers(form);
  const key = keyFor(form, attempt, JSON.stringify(answers));
  attempt.underway = true;
  const arrived = showProgress(form);
  // A note of risk stops the first sending of a form; a person who was warned is never stopped.
  const answer = await send(
    form.action,
    { ...answers, risk_notice: attempt.warned ? "seen" : "ask" },
    key,
  );
  const plain = answer.unread && (await isReachable(form.action));
  const land = () => {
    arrived();
    attempt.underway = false;
  };
  if (plain) {
    sendPlain(land);
  } else {
    land();
    show(answer);
  }
}

// As without a script; the same key keeps it from being counted twice. Whoever comes back by the
// browser's own button finds no patient on the page: it may be another person at a shared computer.
function sendPlain(land) {
  const back = () => {
    land();
    forgetPatient();
  };
  addEventListener("pageshow", back, { once: true });
  form.submit();
}

function show(answer) {
  if (answer.received) {
    forgetPatient();
    showReceipt(form, answer.received);
  } else if (answer.interrupt) {
    reveal(document.getElementById("risk"));
  } else if (answer.errors) {
    if (answer.times) {
      offerTimes(form, answer.times);
    }
    showComplaints(form, new Map(Object.entries(answer.errors)));
    document.querySelector('fieldset[data-field="first_call"]:has(> .error)')?.removeAttribute("hidden");
  } else if (answer.title) {
    showRefusal(answer);
  } else {
    showTrouble();
  }
}

function showTrouble() {
  const trouble = document.getElementById("trouble");
  trouble.querySelector("[data-when=offline]").hidden = navigator.onLine;
  trouble.querySelector("[data-when=online]").hidden = !navigator.onLine;
  reveal(trouble);
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

// A printed code that leads to the static page carries the office in the address.
function takeSourceFromAddress() {
  const source = new URLSearchParams(location.search).get("source");
  if (source && !form.elements.source.value) {
    form.elements.source.value = source;
  }
}

// A link from a clinician's page names them; who is not on the list is nobody, and anybody may answer.
function takeClinicianFromAddress() {
  const asked = new URLSearchParams(location.search).get("clinician");
  const field = form.elements.clinician;
  if (asked && [...(field?.options ?? [])].some((one) => one.value === asked)) {
    field.value = asked;
  }
}

function hideTroubles() {
  for (const name of ["trouble", "refusal", "risk"]) {
    document.getElementById(name).hidden = true;
  }
}
