// First-call times that are free now, and the office that a code belongs to: asked of the form server,
// because a page that was built last week knows neither. Without an answer the form stays as it is.

const PATIENCE_MS = 8_000;

export async function askServer(form) {
  const address = new URL(form.dataset.times);
  for (const name of ["clinician", "source"]) {
    const value = form.elements[name]?.value;
    if (value) {
      address.searchParams.set(name, value);
    }
  }
  try {
    const response = await fetch(address, {
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    const said = await response.json();
    offerTimes(form, said.times ?? []);
    nameOffice(form, said.office ?? "");
  } catch {
    // silent, refused or cut off: a form without fixed times is a whole form
  }
}

// Replaces what is offered; what was chosen stays chosen while it is still free.
export function offerTimes(form, times) {
  const field = form.querySelector('fieldset[data-field="first_call"]');
  const list = field.querySelector(".radios");
  const [none] = list.children;
  const chosen = new FormData(form).get("first_call") ?? "";
  const offered = times.map((time) => {
    const choice = none.cloneNode(true);
    const input = choice.querySelector("input");
    input.id = `first_call-${time.id}`;
    input.value = time.id;
    input.checked = time.id === chosen;
    choice.querySelector("span").textContent = time.label;
    return choice;
  });
  none.querySelector("input").checked = chosen !== "" && !times.some((time) => time.id === chosen);
  list.replaceChildren(none, ...offered);
  field.hidden = times.length === 0 && field.querySelector(".error") === null;
}

// A known office has said who it is: its own part may stay empty.
function nameOffice(form, name) {
  const from = document.getElementById("from");
  if (!name || !from) {
    return;
  }
  from.querySelector("[data-slot=office]").textContent = name;
  from.hidden = false;
  for (const input of form.querySelectorAll('input[name^="referrer_"][required]')) {
    input.required = false;
    delete input.dataset.missing;
    const mark = document.createElement("span");
    mark.className = "optional";
    mark.textContent = form.dataset.optional;
    input.labels[0].append(" ", mark);
  }
}
