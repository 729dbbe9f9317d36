// The form's answers as JSON, and their way to the form server. Nothing is kept in the browser.

const PATIENCE_MS = 20_000;

// An object with what was answered; what was left empty is left out.
export function readAnswers(form) {
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    const control = form.elements[name];
    if (value === "" || name === "submission_id" || name === "risk_notice") {
      continue;
    }
    if (form.querySelector(`fieldset[data-field="${CSS.escape(name)}"] > .ticks`)) {
      (answers[name] ??= []).push(value);
    } else {
      answers[name] = control.type === "checkbox" ? true : value;
    }
  }
  return answers;
}

// The same words sent twice are one sending, so they keep their key; changed words are another.
export function keyFor(form, attempt, body) {
  if (attempt.body !== body) {
    attempt.body = body;
    attempt.key = newKey();
  }
  form.elements.submission_id.value = attempt.key;
  return attempt.key;
}

// A key of its own for each sending. `randomUUID` exists on secure pages only; this works on all.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// One of: {received}, {interrupt}, {errors, times}, {title, detail}, {unread} when the browser was not
// let at an answer, or {} when none came in time or none that could be understood.
export async function send(action, answers, key) {
  const limit = timeLimit();
  try {
    const response = await fetch(action, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "Idempotency-Key": key,
      },
      body: JSON.stringify(answers),
      credentials: "omit",
      cache: "no-store",
      signal: limit,
    });
    return understand(response, await response.text());
  } catch {
    return limit.aborted ? {} : { unread: true };
  }
}

function understand(response, text) {
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    return {}; // a page of something that stands between us and the server
  }
  if (response.ok && said.receipt) {
    return { received: said };
  }
  if (said.interrupt) {
    return { interrupt: said.interrupt };
  }
  if (said.errors && Object.keys(said.errors).length) {
    return { errors: said.errors, times: said.times };
  }
  return said.title ? { title: said.title, detail: said.detail ?? "" } : {};
}

// Whether the form server lives, though a script on this page may not read what it says. That is so
// when the page stands at an address that the server was not told of; a plain form may still be sent.
// Only the server's own “ok” counts: a gateway that answers for a dead one would swallow the form.
export async function isReachable(action) {
  if (new URL(action).origin === location.origin) {
    return false;
  }
  try {
    const response = await fetch(new URL("healthz", action), {
      credentials: "omit",
      cache: "no-store",
      signal: timeLimit(),
    });
    return response.ok;
  } catch {
    return false;
  }
}

function timeLimit() {
  const limit = new AbortController();
  setTimeout(() => limit.abort(), PATIENCE_MS);
  return limit.signal;
}
