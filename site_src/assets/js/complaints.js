// What is missing or wrong in a form: a line beside each field, and a summary that leads there.

// Field names to messages, in the order of the form.
export function findComplaints(form) {
  const complaints = new Map();
  for (const asked of form.querySelectorAll("[data-missing]")) {
    if (!isAnswered(asked)) {
      complaints.set(asked.closest(".field").dataset.field, asked.dataset.missing);
    }
  }
  for (const control of form.querySelectorAll("input")) {
    const wrong = findWrong(control);
    if (wrong) {
      complaints.set(control.name, wrong);
    }
  }
  return inOrder(form, complaints);
}

// When an answer has changed: what was said of it goes, and what can be seen to be wrong is said at
// once. That it is empty is said only on sending.
export function recheck(form, control) {
  clearComplaint(form, control.name);
  const wrong = findWrong(control);
  if (wrong) {
    showComplaint(form, control.name, wrong);
  }
}

// No stricter than the server: whatever it takes is taken here.
function findWrong(control) {
  const text = control.value.trim();
  if (!text || !control.dataset.wrong) {
    return "";
  }
  const isRight = control.type === "tel" ? canBeDialled(text) : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
  return isRight ? "" : control.dataset.wrong;
}

function canBeDialled(text) {
  const typed = text.normalize("NFKC");
  const digits = typed.match(/\p{Nd}/gu)?.length ?? 0;
  return digits >= 10 || (/^(\+|00|011)/.test(typed) && digits >= 7);
}

function inOrder(form, complaints) {
  const fields = [...form.querySelectorAll(".field")].map((field) => field.dataset.field);
  return new Map(fields.filter((name) => complaints.has(name)).map((name) => [name, complaints.get(name)]));
}

// Replaces all earlier complaints; the summary takes the focus when there is anything to say.
export function showComplaints(form, complaints) {
  for (const error of form.querySelectorAll(".field > .error")) {
    clearComplaint(form, error.parentElement.dataset.field);
  }
  const list = form.querySelector("#summary ul");
  list.replaceChildren();
  for (const [name, message] of complaints) {
    list.append(summaryLine(showComplaint(form, name, message), message));
  }
  const summary = form.querySelector("#summary");
  summary.hidden = complaints.size === 0;
  if (complaints.size) {
    summary.focus();
  }
}

export function clearComplaint(form, name) {
  const field = fieldNamed(form, name);
  const error = field?.querySelector(":scope > .error");
  if (!error) {
    return;
  }
  error.remove();
  const target = describedBy(field);
  target.removeAttribute("aria-invalid");
  const ids = (target.getAttribute("aria-describedby") ?? "").split(" ");
  const kept = ids.filter((id) => id && id !== error.id);
  if (kept.length) {
    target.setAttribute("aria-describedby", kept.join(" "));
  } else {
    target.removeAttribute("aria-describedby");
  }
}

function isAnswered(asked) {
  if (asked.tagName === "FIELDSET") {
    return asked.querySelector("input:checked") !== null;
  }
  return asked.type === "checkbox" ? asked.checked : asked.value.trim() !== "";
}

// The id of the control that the summary leads to, or nothing when the form does not show it.
function showComplaint(form, name, message) {
  const field = fieldNamed(form, name);
  if (!field) {
    return "";
  }
  const error = document.createElement("p");
  error.className = "error";
  error.id = `${name}-error`;
  error.textContent = message;
  field.querySelector(":scope > :is(input, select, textarea, .tick, .ticks, .radios)").before(error);
  const target = describedBy(field);
  if (target !== field) {
    target.setAttribute("aria-invalid", "true");
  }
  const ids = target.getAttribute("aria-describedby");
  target.setAttribute("aria-describedby", ids ? `${ids} ${error.id}` : error.id);
  const folded = field.closest("details");
  if (folded) {
    folded.open = true;
  }
  return name;
}

function fieldNamed(form, name) {
  return name ? form.querySelector(`.field[data-field="${CSS.escape(name)}"]`) : null;
}

function describedBy(field) {
  return field.tagName === "FIELDSET" ? field : field.querySelector("input, select, textarea");
}

function summaryLine(id, message) {
  const line = document.createElement("li");
  if (!id) {
    line.textContent = message;
    return line;
  }
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.textContent = message;
  line.append(link);
  return line;
}
