/* Conveniences: every page works without this file. Single keys never fire in a field, while
   characters are being composed, or when switched off (WCAG 2.1.4). */
(function () {
  'use strict';
  var d = document, pending = '';
  var go = { i: '/', p: '/projects', w: '/wall', n: '/n', a: '/audit' };

  function focusOn(element) {
    if (element) { element.tabIndex = -1; element.focus(); }
  }
  focusOn(d.querySelector('[data-focus]'));

  // What only a script can do is shown only where one runs.
  function ready(root) {
    root.querySelectorAll('[data-print], [data-phrases], [data-copy]').forEach(function (one) { one.hidden = false; });
  }
  ready(d);
  if (window.matchMedia('(max-width: 720px)').matches) {
    d.querySelectorAll('details[data-fold]').forEach(function (one) { one.open = false; });
  }

  // A screen whose address has ended says so, instead of showing an old wall for ever.
  d.addEventListener('htmx:responseError', function (event) {
    if (d.body.classList.contains('board') && event.detail.xhr.status === 404) { window.location.reload(); }
  });

  /* The pane of the inbox: the row is marked, the new heading gets the focus. */
  d.addEventListener('htmx:afterSettle', function (event) {
    var pane = d.getElementById('detail'), row = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!pane || !row || !row.classList.contains('what')) { return; }
    d.querySelectorAll('.task.on').forEach(function (one) {
      one.classList.remove('on');
      one.querySelectorAll('.pri').forEach(function (b) { b.classList.remove('pri'); });
      one.querySelector('.what').removeAttribute('aria-current');
    });
    row.closest('.task').classList.add('on');
    row.setAttribute('aria-current', 'true');
    row.closest('.task').querySelectorAll('.btn').forEach(function (b) { b.classList.add('pri'); });
    ready(pane);
    focusOn(d.getElementById('dt'));
  });

  d.addEventListener('click', function (event) {
    if (event.target.closest('[data-print]')) { window.print(); }
    var copy = event.target.closest('[data-copy]');
    if (copy) {
      d.getElementById(copy.getAttribute('data-copy')).select();
      d.execCommand('copy'); // the newer way is closed to pages without a certificate
      d.getElementById('live').textContent = copy.textContent = copy.getAttribute('data-done');
    }
    var chip = event.target.closest('.chip');
    if (chip) {
      var field = d.getElementById(chip.parentNode.getAttribute('data-phrases'));
      field.value = field.value ? field.value + '\n' + chip.textContent : chip.textContent;
      field.focus();
    }
  });

  d.addEventListener('click', function (event) {
    var button = event.target.closest('[aria-disabled="true"]');
    if (button) {
      event.preventDefault();
      focusOn(d.getElementById(button.getAttribute('aria-describedby')));
    }
  });

  var going = d.querySelector('form[data-continue] button');
  if (going) { going.click(); } // without a script it is pressed by hand, step by step

  function rows() {
    return Array.prototype.slice.call(d.querySelectorAll('.what, .wall a, .tl a')).filter(function (a) { return a.getClientRects().length; });
  }
  function step(by) {
    var all = rows(), at = all.indexOf(d.activeElement);
    if (at < 0) { at = all.findIndex(function (a) { return a.hasAttribute('aria-current'); }) - (by > 0 ? 1 : 0); }
    var next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) { next.focus(); }
  }

  d.addEventListener('keydown', function (event) {
    var off = d.body.dataset.keys !== 'on' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (off || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (pending === 'g' && go[event.key]) { location.href = go[event.key]; return; }
    pending = event.key;
    if (event.key === 'j') { step(1); }
    else if (event.key === 'k') { step(-1); }
    else if (event.key === '/') { event.preventDefault(); d.getElementById('q').focus(); }
    else if (event.key === 'a') { var b = d.querySelector('.decide .pri'); if (b) { b.focus(); } }
    else if (event.key === '?') { location.href = '/help'; }
    else if (event.key === 'Escape') { d.getElementById('main').focus(); }
  });
}());
