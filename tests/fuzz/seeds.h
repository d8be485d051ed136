// Small, whole and valid inputs for the fuzz targets.
#ifndef BURNTIN_TESTS_FUZZ_SEEDS_H_
#define BURNTIN_TESTS_FUZZ_SEEDS_H_

#include <string>
#include <vector>

namespace burntin {

struct Seed {
  std::string target;  // as in jpeg2000.cc
  std::string name;
  std::string bytes;
};

std::vector<Seed> MakeSeeds();

}  // namespace burntin

#endif  // BURNTIN_TESTS_FUZZ_SEEDS_H_
