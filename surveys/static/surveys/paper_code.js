// The QR code of a slip holds the code behind the "#". It is taken out of the address, and waits for a tap.
(() => {
  const field = document.getElementById("id_code");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("[data-code-filled]").hidden = false;
})();
