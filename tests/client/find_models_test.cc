#include "client/models/find_models.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "detector/base/error.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

class FindModelsTest : public testing::Test {
 protected:
  FindModelsTest() {
    places_.executable = folder_ / "tree/build/release/bin/burntin";
    places_.installed = folder_ / "installed";
  }

  std::string Make(const std::string& name) {
    std::filesystem::create_directories(folder_ / name);
    return folder_ / name;
  }

  TemporaryFolder folder_;
  ModelPlaces places_;
};

TEST_F(FindModelsTest, ABuildTreeFindsItsOwn) {
  const std::string cache = Make("tree/models/cache");
  Make("installed");
  EXPECT_EQ(*FindModels(places_), cache);
}

TEST_F(FindModelsTest, WithoutABuildTreeTheInstalledOnesAreTaken) {
  EXPECT_EQ(*FindModels((Make("installed"), places_)), places_.installed);
}

TEST_F(FindModelsTest, TheArgumentComesBeforeTheEnvironment) {
  places_.asked_for = Make("asked");
  places_.environment = Make("environment");
  EXPECT_EQ(*FindModels(places_), places_.asked_for);
  places_.asked_for.clear();
  EXPECT_EQ(*FindModels(places_), places_.environment);
}

TEST_F(FindModelsTest, AWrongArgumentIsNotLookedPast) {
  Make("installed");
  places_.asked_for = folder_ / "missing";
  EXPECT_EQ(ReasonOf(FindModels(places_).status()), Reason::kModelNotLoaded);
}

TEST_F(FindModelsTest, NoneAtAllFails) {
  EXPECT_EQ(ReasonOf(FindModels(places_).status()), Reason::kModelNotLoaded);
}

}  // namespace
}  // namespace burntin
