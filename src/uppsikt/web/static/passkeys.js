// Says in words why a passkey was not made or used. The words stand in the page, hidden.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const name = event.detail.exception?.name;
  const told = document.querySelector(`[data-passkey-error="${CSS.escape(name || "")}"]`);
  for (const one of document.querySelectorAll("[data-passkey-error]")) one.hidden = true;
  (told || document.querySelector('[data-passkey-error="any"]')).hidden = false;
});

// Where the browser has no passkeys, the button is of no use.
for (const one of document.querySelectorAll("[data-passkey]")) {
  one.hidden = !window.PublicKeyCredential;
}
