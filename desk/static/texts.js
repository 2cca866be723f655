// What the scripts say, in the language of the page. The English stands in the scripts; a page in another language brings its
// translations along, and what is missing there stays English.

const place = document.getElementById("texts");
const texts = place ? JSON.parse(place.textContent) : {};
const rules = new Intl.PluralRules(document.documentElement.lang);
const ORDER = ["zero", "one", "two", "few", "many", "other"];

// Returns a sentence; values go into its %(name)s.
export function text(english, values = {}) {
  return filled(texts[english] ?? english, values);
}

// Returns a sentence that depends on a number, which goes into %(num)s.
export function plural(one, many, number, values = {}) {
  const forms = texts[one] ?? [one, many];
  const at = forms.length === ORDER.length ? ORDER.indexOf(rules.select(number)) : rules.select(number) === "one" ? 0 : 1;
  return filled(forms[at], { num: number, ...values });
}

function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}
