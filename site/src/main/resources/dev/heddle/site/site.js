// Search, theme and menu. The index is loaded by a script element when the search is first used, which works without a server, too.
const root = document.currentScript.dataset.root;
const search = document.getElementById('search');
const results = document.getElementById('results');

function indexed() {
  if (window.searchIndex) return Promise.resolve(window.searchIndex);
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = root + 'search-index.js';
    script.onload = () => resolve(window.searchIndex);
    script.onerror = reject;
    document.head.append(script);
  });
}

// Pages that have all words, those with words in their titles first, then by how often the words occur.
function find(index, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? [] : index
    .map(page => {
      const title = page.title.toLowerCase(), text = page.text.toLowerCase();
      const score = words.map(word => (title.includes(word) ? 100 : 0) + Math.min(20, text.split(word).length - 1));
      return {page, score: score.includes(0) ? 0 : score.reduce((a, b) => a + b)};
    })
    .filter(found => found.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 12)
    .map(found => ({...found.page, excerpt: excerpt(found.page.text, words[0])}));
}

function excerpt(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 50);
  return (at > 0 ? '… ' : '') + text.slice(at, at + 140);
}

async function show() {
  const found = find(await indexed(), search.value);
  results.replaceChildren(...found.map(page => {
    const item = document.createElement('li'), link = document.createElement('a'), small = document.createElement('small');
    link.href = root + page.path;
    link.textContent = page.title;
    small.textContent = page.excerpt;
    link.append(small);
    item.append(link);
    return item;
  }));
  if (found.length === 0 && search.value.trim()) results.textContent = 'No page has these words.';
  results.hidden = !search.value.trim();
}

search.addEventListener('input', show);
search.addEventListener('keydown', event => {
  if (event.key === 'Enter') results.querySelector('a')?.click();
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === 'Escape') {
    search.value = '';
    results.hidden = true;
  }
});

document.getElementById('theme').addEventListener('click', () => {
  const dark = getComputedStyle(document.documentElement).colorScheme.includes('dark');
  document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', document.documentElement.dataset.theme);
});

const button = document.getElementById('menu-button');
button.addEventListener('click', () => {
  button.setAttribute('aria-expanded', String(document.getElementById('menu').classList.toggle('open')));
});
