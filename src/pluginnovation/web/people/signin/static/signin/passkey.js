// Shows the passkey's part of a page where the browser can use one, and says so when it didn't work out.
document.addEventListener('DOMContentLoaded', function () {
  if (!window.PublicKeyCredential) return
  document.querySelectorAll('[data-passkey]').forEach(function (part) { part.hidden = false })
})
document.addEventListener('allauth.error', function (event) {
  event.preventDefault()
  document.querySelectorAll('[data-passkey-failed]').forEach(function (said) { said.hidden = false })
})
