// allauth's passkey code reports a failure as an event; say it on the page instead of in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.getElementById("passkey-trouble");
  if (note) note.hidden = false;
});
