#include "detector/phi/letter_spellings.h"

namespace burntin {
namespace {

// German and Nordic letters (ICAO 9303 part 3, section 6 A).
const LetterSpellings& TwoLetters() {
  static const LetterSpellings letters = {{u"\u00c4", u"AE"},
                                          {u"\u00d6", u"OE"},
                                          {u"\u00dc", u"UE"},
                                          {u"\u00d8", u"OE"},
                                          {u"\u00c5", u"AA"}};
  return letters;
}

// ICAO 9303 part 3, section 6 B.
const LetterSpellings& PassportCyrillic() {
  static const LetterSpellings letters = {
      {u"\u0410", u"A"},  {u"\u0411", u"B"},  {u"\u0412", u"V"},
      {u"\u0413", u"G"},  {u"\u0414", u"D"},  {u"\u0415", u"E"},
      {u"\u0401", u"E"},  {u"\u0416", u"ZH"}, {u"\u0417", u"Z"},
      {u"\u0418", u"I"},  {u"\u0419", u"I"},  {u"\u041a", u"K"},
      {u"\u041b", u"L"},  {u"\u041c", u"M"},  {u"\u041d", u"N"},
      {u"\u041e", u"O"},  {u"\u041f", u"P"},  {u"\u0420", u"R"},
      {u"\u0421", u"S"},  {u"\u0422", u"T"},  {u"\u0423", u"U"},
      {u"\u0424", u"F"},  {u"\u0425", u"KH"}, {u"\u0426", u"TS"},
      {u"\u0427", u"CH"}, {u"\u0428", u"SH"}, {u"\u0429", u"SHCH"},
      {u"\u042a", u"IE"}, {u"\u042b", u"Y"},  {u"\u042c", u""},
      {u"\u042d", u"E"},  {u"\u042e", u"IU"}, {u"\u042f", u"IA"},
      {u"\u0406", u"I"},  {u"\u0407", u"I"},  {u"\u0404", u"IE"},
      {u"\u0490", u"G"},  {u"\u040e", u"U"}};
  return letters;
}

// BGN/PCGN 1947 in its simple form, as most people write Russian names.
const LetterSpellings& RomanizedCyrillic() {
  static const LetterSpellings letters = {
      {u"\u0410", u"A"},  {u"\u0411", u"B"},  {u"\u0412", u"V"},
      {u"\u0413", u"G"},  {u"\u0414", u"D"},  {u"\u0415", u"E"},
      {u"\u0401", u"YO"}, {u"\u0416", u"ZH"}, {u"\u0417", u"Z"},
      {u"\u0418", u"I"},  {u"\u0419", u"Y"},  {u"\u041a", u"K"},
      {u"\u041b", u"L"},  {u"\u041c", u"M"},  {u"\u041d", u"N"},
      {u"\u041e", u"O"},  {u"\u041f", u"P"},  {u"\u0420", u"R"},
      {u"\u0421", u"S"},  {u"\u0422", u"T"},  {u"\u0423", u"U"},
      {u"\u0424", u"F"},  {u"\u0425", u"KH"}, {u"\u0426", u"TS"},
      {u"\u0427", u"CH"}, {u"\u0428", u"SH"}, {u"\u0429", u"SHCH"},
      {u"\u042a", u""},   {u"\u042b", u"Y"},  {u"\u042c", u""},
      {u"\u042d", u"E"},  {u"\u042e", u"YU"}, {u"\u042f", u"YA"},
      {u"\u0406", u"I"},  {u"\u0407", u"YI"}, {u"\u0404", u"YE"},
      {u"\u0490", u"G"},  {u"\u040e", u"U"}};
  return letters;
}

// ISO 843 type 2 (ELOT 743); AY and EY as before vowels and voiced letters.
const LetterSpellings& PassportGreek() {
  static const LetterSpellings letters = {
      {u"\u0391\u03a5", u"AV"},  {u"\u0395\u03a5", u"EV"},
      {u"\u0397\u03a5", u"IV"},  {u"\u039f\u03a5", u"OU"},
      {u"\u038c\u03a5", u"OU"},  {u"\u039f\u038e", u"OU"},
      {u"\u0391\u038e", u"AV"},  {u"\u0395\u038e", u"EV"},
      {u"\u0393\u0393", u"NG"},  {u"\u0393\u039e", u"NX"},
      {u"\u0393\u03a7", u"NCH"}, {u"\u039c\u03a0", u"B"},
      {u"\u0386", u"A"},         {u"\u0388", u"E"},
      {u"\u0389", u"I"},         {u"\u038a", u"I"},
      {u"\u038c", u"O"},         {u"\u038e", u"Y"},
      {u"\u038f", u"O"},         {u"\u0391", u"A"},
      {u"\u0392", u"V"},         {u"\u0393", u"G"},
      {u"\u0394", u"D"},         {u"\u0395", u"E"},
      {u"\u0396", u"Z"},         {u"\u0397", u"I"},
      {u"\u0398", u"TH"},        {u"\u0399", u"I"},
      {u"\u039a", u"K"},         {u"\u039b", u"L"},
      {u"\u039c", u"M"},         {u"\u039d", u"N"},
      {u"\u039e", u"X"},         {u"\u039f", u"O"},
      {u"\u03a0", u"P"},         {u"\u03a1", u"R"},
      {u"\u03a3", u"S"},         {u"\u03a4", u"T"},
      {u"\u03a5", u"Y"},         {u"\u03a6", u"F"},
      {u"\u03a7", u"CH"},        {u"\u03a8", u"PS"},
      {u"\u03a9", u"O"}};
  return letters;
}

}  // namespace

std::array<const LetterSpellings*, 4> AllLetterSpellings() {
  return {&TwoLetters(), &PassportCyrillic(), &RomanizedCyrillic(),
          &PassportGreek()};
}

}  // namespace burntin
