/*
 * A tap on Call, Text or E-mail where several people share an inbox: the server is asked first
 * whether somebody else is on it, and the device dials or writes in the same tap when nobody is.
 * Without a script the form leads to a page with the address, or with the interruption.
 */
async function ring(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || answer.redirected) throw new Error("not answered");
  const { to, page } = await answer.json();
  if (!to) return location.assign(page);
  const told = form.querySelector("[data-rung]");
  if (told) told.hidden = false;
  location.href = to;
}

for (const form of document.querySelectorAll("form[data-ring]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ring(form)
      // What the script could not learn, the plain form asks in the open.
      .catch(() => form.submit())
      .finally(() => {
        for (const button of form.querySelectorAll("button")) button.disabled = false;
      });
  });
}
