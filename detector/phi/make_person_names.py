#!/usr/bin/env python3
"""Writes person_names.txt from the name lists of two open packages.

Not part of the build, which uses the committed result. Usage:

  npm pack @faker-js/faker@10.6.0 && tar xzf faker-js-faker-10.6.0.tgz
  apt-get install python3-fake-factory wamerican icu-devtools
  detector/phi/make_person_names.py package > detector/phi/person_names.txt

Only names in Latin letters, and those of scripts that are spelt in Latin
letters by rule, are taken: Cyrillic, Greek, Armenian and Georgian.
"""
import ast
import json
import pathlib
import re
import subprocess
import sys
import textwrap

DEBIAN_NAMES = '/usr/lib/python3/dist-packages/faker/providers/person'
WORDS = '/usr/share/dict/american-english'
# Scripts without written vowels, or in which a name is not spelt by letters;
# and a locale of jokes.
LEFT_OUT_JS = {'ar', 'dv', 'fa', 'he', 'ja', 'ko', 'ku_ckb', 'ne', 'th', 'ur',
               'en_AU_ocker', 'eo', 'bn_BD', 'ta_IN'}
# The same, and for size the rare names of `en` and `el_GR`.
LEFT_OUT_DEBIAN = {'ar_AA', 'ar_PS', 'ar_SA', 'el_GR', 'en', 'en_TH', 'fa_IR',
                   'he_IL', 'hi_IN', 'ja_JP', 'ka_GE', 'ko_KR', 'ne_NP', 'th_TH',
                   'zh_CN', 'zh_TW'}
CHINESE = re.compile('^[\u4e00-\u9fff]{1,2}$')
UMLAUTS = str.maketrans({'ä': 'ae', 'ö': 'oe', 'ü': 'ue', 'Ä': 'Ae',
                         'Ö': 'Oe', 'Ü': 'Ue', 'ø': 'oe', 'Ø': 'Oe',
                         'å': 'aa', 'Å': 'Aa'})
# As in normalize.cc.
FOLD = ('::NFKC; ::Any-Latin; ::NFD; ::[:Mn:] Remove; ::NFC; ::Latin-ASCII; '
        '::Any-Upper;')
PARTICLES = set('''VAN VON DER DEN DEM DE DEL DELLA DES DI DA DO DOS DAS LA LE
LOS LAS EL AL BIN BINTI IBN ABU BENT SAN SANTA TER TEN THE DR MR MRS MS JR SR
PROF DIPL ING MED II III IV'''.split())

DUMP = '''
import(process.argv[1]).then(({allLocales}) => {
  const flat = (v) => !v ? [] : Array.isArray(v) ? v.flatMap(flat)
      : typeof v === 'string' ? [v] : v.value && typeof v.value === 'string'
      ? [v.value] : Object.values(v).flatMap(flat);
  const out = {};
  for (const [name, locale] of Object.entries(allLocales)) {
    const person = locale.person || {};
    out[name] = [flat(person.first_name), flat(person.last_name)];
  }
  console.log(JSON.stringify(out));
});
'''


def from_js(package):
    index = str(pathlib.Path(package, 'dist/index.js').resolve())
    dumped = json.loads(subprocess.run(['node', '-e', DUMP, index], text=True,
                                       check=True, capture_output=True).stdout)
    for locale, (given, surnames) in dumped.items():
        if locale not in LEFT_OUT_JS:
            yield given, surnames


def strings(node):
    return [n.value for n in ast.walk(node)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def from_debian():
    for folder in sorted(pathlib.Path(DEBIAN_NAMES).iterdir()):
        if folder.name in LEFT_OUT_DEBIAN or not folder.is_dir():
            continue
        given, surnames = [], []
        source = (folder / '__init__.py').read_text(encoding='utf-8')
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Assign):
                continue
            target = getattr(node.targets[0], 'id', '')
            if re.match(r'first_names', target):
                given += strings(node.value)
            elif re.match(r'last_names', target):
                surnames += strings(node.value)
        yield given, surnames


def fold(names):
    spelt = sorted(names | {name.translate(UMLAUTS) for name in names})
    folded = subprocess.run(
        ['uconv', '-f', 'utf8', '-t', 'utf8', '-x', FOLD], check=True,
        input='\n'.join(spelt), text=True, capture_output=True).stdout
    return set(folded.split('\n'))


def words_of(names, shortest):
    # The syllables of a Chinese name are written as one word.
    chinese = {n for n in names if CHINESE.match(n)}
    words = {n.replace(' ', '') for n in fold(chinese)}
    for name in fold(names - chinese):
        for word in re.split(r"[ \-.]+", name.replace("'", '')):
            if re.fullmatch('[A-Z]{%d,12}' % shortest, word):
                words.add(word)
    return {w for w in words if re.fullmatch('[A-Z]{%d,12}' % shortest, w)
            } - PARTICLES


def section(name, words):
    print('\n[%s]' % name)
    print('\n'.join(textwrap.wrap(' '.join(sorted(words)), 80)))


def main():
    given, surnames = set(), set()
    for more_given, more_surnames in [*from_js(sys.argv[1]), *from_debian()]:
        given.update(more_given)
        surnames.update(more_surnames)
    given, surnames = words_of(given, 3), words_of(surnames, 2)
    lower = {w.upper() for w in pathlib.Path(WORDS).read_text().split()
             if w.islower()}
    print('''# Given names and surnames, in upper-case ASCII. Made by make_person_names.py;
# do not edit. Sources, of which only the names were taken:
# - npm @faker-js/faker 10.6.0, MIT, (c) 2022-2025 its contributors;
# - Debian python3-fake-factory 0.9.3 (joke2k/faker), MIT, (c) 2012 Daniele
#   Faraglia.
# [ordinary] lists those that Debian's wamerican (SCOWL, its own MIT-like
# licence) has in lower case, which makes them words of everyday English too.''')
    section('given', given - surnames)
    section('surnames', surnames - given)
    section('both', given & surnames)
    section('ordinary', (given | surnames) & lower)


if __name__ == '__main__':
    main()
