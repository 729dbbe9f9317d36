// That a sending is on its way, for the eye and for the ear, and that a slow one is still alive.

const SLOW_MS = 5_000;

// Says so until the function that comes back is called. The button keeps the focus and its place: a
// disabled one would lose both.
export function showProgress(form) {
  const button = form.querySelector("[type=submit]");
  const status = document.getElementById("progress");
  const label = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = form.dataset.sending;
  status.classList.add("visually-hidden");
  status.textContent = form.dataset.sending;
  const timer = setTimeout(() => {
    status.classList.remove("visually-hidden");
    status.textContent = form.dataset.slow;
  }, SLOW_MS);
  return () => {
    clearTimeout(timer);
    button.removeAttribute("aria-disabled");
    button.textContent = label;
    status.textContent = "";
  };
}
