// Words of header values that say little about whom they are.
#ifndef BURNTIN_DETECTOR_PHI_NAME_WORDS_H_
#define BURNTIN_DETECTOR_PHI_NAME_WORDS_H_

#include <string_view>

namespace burntin {

// All take one folded word. Stands for "no value", as in "ANONYMOUS".
bool IsPlaceholderWord(std::string_view word);
// Many people share it, as "VAN", or it is a title, as "DR".
bool IsNameParticle(std::string_view word);
// Many institutions share it, as "HOSPITAL".
bool IsInstitutionWord(std::string_view word);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_NAME_WORDS_H_
