// Brings text of any script to upper-case ASCII, so that what a header says
// and what a recogniser read can be compared.
#ifndef BURNTIN_DETECTOR_PHI_NORMALIZE_H_
#define BURNTIN_DETECTOR_PHI_NORMALIZE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace burntin {

// Stands for a letter that has no ASCII form. It matches no word, so text
// that holds it is never benign.
inline constexpr char kForeignLetter = '~';

// Immutable once made, so any number of threads may use one object.
class TextFolder {
 public:
  // Without ICU's data only ASCII is folded; every other letter then becomes
  // `kForeignLetter`.
  TextFolder();
  ~TextFolder();

  // `text` (UTF-8) with compatibility forms resolved, other scripts spelt in
  // Latin letters, marks stripped, in upper case. Punctuation stays, each run
  // of white space becomes one blank, and the ends are trimmed.
  std::string Fold(std::string_view text) const;

  // The usual ways to write `text` in plain letters, `Fold`'s first, each once:
  // umlauts and their like as two letters, as in "UE"; Cyrillic by ICAO 9303
  // (passports) and by BGN/PCGN besides ISO 9; Greek by ISO 843 (ELOT 743)
  // besides the classical way. Plain ASCII has one.
  std::vector<std::string> Spellings(std::string_view text) const;

 private:
  struct Icu;
  std::unique_ptr<const Icu> icu_;
};

// Characters of a folded text; false for everything else.
bool IsLetter(char c);
bool IsDigit(char c);
// A letter, a digit or `kForeignLetter`.
bool IsWordCharacter(char c);

// The word characters of `folded` alone.
std::string Compact(std::string_view folded);

// `folded` with strokes and signs that look like letters, as in "M|LLER",
// written as those where they touch a letter or a digit. As long as `folded`.
std::string LettersForStrokes(std::string_view folded);

// `folded` with letters that look like digits written as digits, in those
// words that hold a digit and nothing but digits and their look-alikes. The
// result is as long as `folded`.
std::string DigitsForLookalikes(std::string_view folded);

// `folded` with blanks, which recognisers lose, between a window's width and
// level: "W816L-246".
std::string WindowApart(std::string_view folded);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_NORMALIZE_H_
