// Where the models are when nobody says so.
#ifndef BURNTIN_CLIENT_MODELS_FIND_MODELS_H_
#define BURNTIN_CLIENT_MODELS_FIND_MODELS_H_

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

struct ModelPlaces {
  std::string asked_for;    // by --models; "" if not given
  std::string environment;  // value of BURNTIN_MODELS, "" if not set
  std::string executable;   // absolute path of the running program
  std::string installed = "/usr/share/burntin/models";
};

// The first of these that was given or exists: `asked_for`, `environment`, a
// folder models/cache above the executable (as in a build tree), `installed`.
// The first two are not looked past: a wrong one fails. Fails with
// MODEL_NOT_LOADED if there is none.
absl::StatusOr<std::string> FindModels(const ModelPlaces& places);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_MODELS_FIND_MODELS_H_
