// Keeps what is written in a text field until it is sent: in this tab's session storage, for half an hour, and only for
// the session that is signed in. A page without such a field, such as the start page after signing out, empties it all.
// Nothing is sent anywhere, and the page does everything without this.
(function () {
  'use strict'
  var MARK = 'plug draft '
  var HALF_AN_HOUR = 30 * 60 * 1000
  var store
  try { store = window.sessionStorage; store.length } catch (refused) { return }

  function saved (name) {
    try { return JSON.parse(store.getItem(name)) } catch (broken) { return null }
  }

  function isOld (draft) {
    return !draft || typeof draft.text !== 'string' || !(Date.now() - draft.at < HALF_AN_HOUR)
  }

  // Throws away what is too old, and what belongs to another session than this one's.
  function sweep (session) {
    Object.keys(store).forEach(function (name) {
      if (name.indexOf(MARK) !== 0) return
      if (!session || name.indexOf(MARK + session + ' ') !== 0 || isOld(saved(name))) store.removeItem(name)
    })
  }

  var part = document.querySelector('[data-draft]')
  var key = part && part.getAttribute('data-draft')
  sweep(key && key.split(' ')[0])
  if (!part) return

  var name = MARK + key
  var form = part.closest('form') || part
  var field = form.querySelector('textarea')
  var kept = saved(name)
  var offer = document.querySelector('[data-draft-offer]')
  if (offer && kept && kept.text !== field.value) {
    offer.hidden = false
    offer.querySelector('[data-draft-take]').addEventListener('click', function () {
      field.value = kept.text
      offer.hidden = true
      field.focus()
    })
    offer.querySelector('[data-draft-drop]').addEventListener('click', function () {
      store.removeItem(name)
      offer.hidden = true
      field.focus()
    })
  }
  field.addEventListener('input', function () {
    try { store.setItem(name, JSON.stringify({ at: Date.now(), text: field.value })) } catch (full) { }
  })
  form.addEventListener('submit', function () { store.removeItem(name) })
  document.querySelectorAll('form[action="/logga-ut/"]').forEach(function (out) {
    out.addEventListener('submit', function () { sweep('') })
  })
  window.setInterval(function () { sweep(key.split(' ')[0]) }, 60 * 1000)
})()
