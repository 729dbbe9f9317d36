// Small helps while somebody fills in the form, most of them for thumbs.

export function helpTyping(form) {
  countCharacters(form);
  form.addEventListener("keydown", leadOn);
  for (const control of form.elements) {
    if (control.matches("input:is([type=text], [type=tel], [type=email])")) {
      control.enterKeyHint = "next";
    }
    control.setAttribute("writingsuggestions", "false"); // some browsers ask their maker what comes next
  }
}

// On a keyboard of glass the key says “next”, so it leads to the next question; on any other it
// sends the form, as everybody at a desk expects.
function leadOn(event) {
  const control = event.target;
  if (event.key !== "Enter" || event.isComposing || control.enterKeyHint !== "next") {
    return;
  }
  if (!matchMedia("(pointer: coarse)").matches) {
    return;
  }
  event.preventDefault();
  const shown = [...control.form.elements].filter(
    (one) => one.tabIndex >= 0 && one.type !== "hidden" && one.getClientRects().length,
  );
  shown[shown.indexOf(control) + 1]?.focus();
}

// Said only when room gets short: a count that speaks at every letter is noise.
function countCharacters(form) {
  const { note } = form.elements;
  const count = document.createElement("p");
  count.className = "hint";
  count.setAttribute("role", "status");
  note.after(count);
  note.addEventListener("input", () => {
    const left = note.maxLength - note.value.length;
    count.textContent = left <= 50 ? form.dataset.left.replace("{count}", left) : "";
  });
}
