// Asks the browser for a passkey, and sends what it answers with the form. Recovery codes work without this file.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const read = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of ["allowCredentials", "excludeCredentials"]) for (const one of options[list] || []) one.id = bytes(one.id);
    return options;
  };

  const write = (made) => {
    const answer = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) answer[part] = text(made.response[part]);
    }
    if (made.response.getTransports) answer.transports = made.response.getTransports();
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: answer, clientExtensionResults: {} });
  };

  const why = (error) => ({
    InvalidStateError: "This passkey is yours here already.",
    SecurityError: "The browser makes no passkey at this address.",
  })[error.name] || "The passkey was not used: it was put away, it took too long, or there is none here. Try again.";

  // Before the page's own script, which takes a form that is sent for done.
  document.addEventListener("submit", (event) => {
    const form = event.target, kind = form.dataset.passkey;
    if (!kind) return;
    event.preventDefault();
    event.stopPropagation();
    const says = form.querySelector("[data-says]");
    if (!navigator.credentials || !window.PublicKeyCredential) {
      says.textContent = "This browser knows no passkeys. Another one does, or a recovery code.";
      return;
    }
    if (form.dataset.asking) return;
    form.dataset.asking = "yes";
    says.textContent = "";
    navigator.credentials[kind]({ publicKey: read(JSON.parse(form.dataset.options)) }).then((made) => {
      form.elements.passkey.value = write(made);
      form.submit();
    }).catch((error) => {
      delete form.dataset.asking;
      says.textContent = why(error);
    });
  }, true);

  const acts = document.querySelector("[data-codes]");
  if (!acts) return;
  acts.hidden = false;
  acts.querySelector("[data-print]").addEventListener("click", () => print());
  acts.querySelector("[data-copy]").addEventListener("click", async (event) => {
    const codes = [...document.querySelectorAll("#" + acts.dataset.codes + " code")].map((code) => code.textContent).join("\n");
    try {
      await navigator.clipboard.writeText(codes);
      event.target.textContent = "copied";
    } catch {
      event.target.textContent = "not copied: select them by hand";
    }
  });
})();
