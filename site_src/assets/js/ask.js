// The question form with a script: checked before it is sent, sent without leaving the page, and what
// was typed stays until a receipt is here. Without this script it posts as any form does.
import { reveal, showReceipt, showRefusal } from "./answered.js";
import { findComplaints, recheck, showComplaints } from "./complaints.js";
import { showProgress } from "./progress.js";
import { isReachable, keyFor, readAnswers, send } from "./sending.js";

const form = document.getElementById("question-form");
const attempt = { body: "", key: "", warned: false, underway: false };

form.noValidate = true; // our own messages stand beside the fields and stay there
takeFromAddress();
form.elements.talk?.addEventListener("change", unfoldTalk);
form.addEventListener("submit", submit);
form.addEventListener("change", (event) => recheck(form, event.target));
for (const button of form.querySelectorAll("[data-sends-now]")) {
  button.addEventListener("click", () => {
    attempt.warned = true;
    form.requestSubmit();
  });
}

async function submit(event) {
  event.preventDefault();
  if (attempt.underway) {
    return; // a second tap while the first is on its way
  }
  for (const name of ["trouble", "refusal", "risk", "patient"]) {
    document.getElementById(name).hidden = true;
  }
  const complaints = new Map([...findComplaints(form), ...findGaps()]);
  showComplaints(form, complaints);
  if (complaints.size) {
    return;
  }
  const { heads_up, ...answers } = readAnswers(form);
  const key = keyFor(form, attempt, JSON.stringify(answers));
  attempt.underway = true;
  const arrived = showProgress(form);
  const warned = attempt.warned || heads_up === "seen";
  const answer = await send(form.action, { ...answers, heads_up: warned ? "seen" : "ask" }, key);
  const plain = answer.unread && (await isReachable(form.action));
  arrived();
  attempt.underway = false;
  if (plain) {
    form.submit(); // as without a script; the same key keeps it from being counted twice
  } else {
    show(answer);
  }
}

// What no single field can say: one way to reach them, and something that is asked.
function findGaps() {
  const gaps = new Map();
  const { referrer_phone, referrer_email, question, talk } = form.elements;
  if (!referrer_phone.value.trim() && !referrer_email.value.trim()) {
    gaps.set("referrer_phone", form.dataset.unreachable);
  }
  if (!question.value.trim() && !talk?.value) {
    gaps.set("question", form.dataset.empty);
  }
  return gaps;
}

function show(answer) {
  if (answer.received) {
    showReceipt(form, answer.received);
  } else if (answer.interrupt) {
    reveal(document.getElementById(answer.interrupt === "risk" ? "risk" : "patient"));
  } else if (answer.errors) {
    showComplaints(form, new Map(Object.entries(answer.errors)));
  } else if (answer.title) {
    showRefusal(answer);
  } else {
    reveal(document.getElementById("trouble"));
  }
}

// A link from the page of talks carries which one, and a printed code the office.
function takeFromAddress() {
  const asked = new URLSearchParams(location.search);
  const { source, talk } = form.elements;
  if (asked.get("source") && !source.value) {
    source.value = asked.get("source");
  }
  if (talk && asked.get("talk") && !talk.value) {
    talk.value = asked.get("talk");
    talk.selectedIndex = Math.max(talk.selectedIndex, 0); // one that is given no more is none
  }
  unfoldTalk();
}

function unfoldTalk() {
  const plan = document.getElementById("talk-plan");
  if (plan && form.elements.talk.value) {
    plan.open = true;
  }
}
