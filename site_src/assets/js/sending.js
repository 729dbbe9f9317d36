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

// A key of its own for each referral. `randomUUID` exists on secure pages only; this works on all.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// One of: {received}, {interrupt}, {errors, times}, {title, detail}, or {} when no answer came that
// could be understood.
export async function send(action, answers, key) {
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
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    const said = await response.json();
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
  } catch {
    return {}; // refused, silent, cut off, or not JSON: for the office it is all the same
  }
}

// Whether the form server lives, though a script on this page may not read what it says. That is so
// when the page stands at an address that the server was not told of; a plain form may still be sent.
export async function isReachable(action) {
  try {
    await fetch(new URL("healthz", action), {
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    return new URL(action).origin !== location.origin;
  } catch {
    return false;
  }
}
