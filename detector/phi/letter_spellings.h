// How letters that plain ASCII lacks are written in passports and on machines.
#ifndef BURNTIN_DETECTOR_PHI_LETTER_SPELLINGS_H_
#define BURNTIN_DETECTOR_PHI_LETTER_SPELLINGS_H_

#include <array>
#include <utility>
#include <vector>

namespace burntin {

// Letters, in upper case and composed, and what stands for them; several
// letters before the single ones of which they are made.
using LetterSpellings =
    std::vector<std::pair<const char16_t*, const char16_t*>>;

// One for each way; the way of TextFolder::Fold is none of them.
std::array<const LetterSpellings*, 4> AllLetterSpellings();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_LETTER_SPELLINGS_H_
