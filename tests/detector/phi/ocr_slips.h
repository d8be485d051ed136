// Random names, numbers and recognisers' errors for tests; the seed decides.
#ifndef BURNTIN_TESTS_DETECTOR_PHI_OCR_SLIPS_H_
#define BURNTIN_TESTS_DETECTOR_PHI_OCR_SLIPS_H_

#include <cmath>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "detector/phi/confusions.h"

namespace burntin {

inline constexpr std::string_view kSurnames[] = {
    "Holloway",  "Garcia",   "Schmidt", "Novak",    "Okafor",
    "Lindqvist", "Rossi",    "Dubois",  "Kowalski", "Nguyen",
    "Tanaka",    "Ferreira", "Haddad",  "Petrov",   "Yildiz",
    "Janssen",   "OConnor",  "Baker",   "Castillo", "Bergman",
    "Moreau",    "Fischer",  "Horvath", "Silva",    "Achterberg"};
inline constexpr std::string_view kGivenNames[] = {
    "Jane",  "Marta",  "Lukas",  "Amina", "Pierre",    "Ingrid", "Carlos",
    "Yuki",  "Olga",   "Mehmet", "Sofia", "Alexander", "Fatima", "Henrik",
    "Chloe", "Miguel", "Hannah", "Bruno", "Katarina",  "Declan"};

class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}

  // In [0, count).
  int Below(size_t count) {
    return static_cast<int>(random_() % static_cast<unsigned>(count));
  }
  bool Happens(double probability) {
    return static_cast<double>(random_()) < probability * 4294967296.0;
  }
  char Letter() { return static_cast<char>('A' + Below(26)); }
  char Digit() { return static_cast<char>('0' + Below(10)); }
  std::string Digits(int count) {
    std::string digits;
    for (int i = 0; i < count; ++i) digits += Digit();
    return digits;
  }
  template <typename Words>
  std::string OneOf(const Words& words) {
    return std::string(words[Below(std::size(words))]);
  }

  // `text` with an error in a character at this rate: two of three are
  // look-alikes, the others lost, added or unlike characters.
  std::string Slipped(std::string_view text, double rate) {
    std::string slipped;
    for (const char c : text) {
      if (c == ' ' || !Happens(rate)) {
        slipped += c;
        continue;
      }
      switch (Below(9)) {
        case 0:
          break;
        case 1:
          slipped += c;
          slipped += Letter();
          break;
        case 2:
          slipped += Letter();
          break;
        default:
          slipped += Lookalike(c);
      }
    }
    return slipped;
  }

 private:
  std::string Lookalike(char c) {
    std::string others;
    for (const char other :
         std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")) {
      if (other != c && ExchangeCost(c, other) < 1) others += other;
    }
    return others.empty() ? std::string(1, c)
                          : std::string(1, others[Below(others.size())]);
  }

  std::mt19937 random_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_PHI_OCR_SLIPS_H_
