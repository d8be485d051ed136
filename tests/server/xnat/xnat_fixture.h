// burntind's XNAT client against the stand-in for XNAT, with one session in
// quarantine and a project that it may be moved to.
#ifndef BURNTIN_TESTS_SERVER_XNAT_XNAT_FIXTURE_H_
#define BURNTIN_TESTS_SERVER_XNAT_XNAT_FIXTURE_H_

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "server/log/log.h"
#include "server/xnat/xnat_connection.h"
#include "server/xnat/xnat_session_mover.h"
#include "tests/server/xnat/xnat_stub.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

// Labels as DASHER builds them, with all that makes them hard to send.
inline constexpr char kSessionLabel[] = "PID 00/7\xC3\xA9#?&";
inline constexpr char kSubjectLabel[] = "DOE^JANE";

inline nlohmann::json QuarantineWorld() {
  return {{"projects", {"QUARANTINE", "HOSPITAL", "TRIAL"}},
          {"subjects",
           {{"S1", {{"project", "QUARANTINE"}, {"label", kSubjectLabel}}}}},
          {"experiments",
           {{"E1",
             {{"project", "QUARANTINE"},
              {"label", kSessionLabel},
              {"subject", "S1"}}}}}};
}

using Place = MoveReport::Place;

inline MoveOrder Release() {
  MoveOrder order;
  order.operation_id = "op-1";
  order.location.emplace();
  order.location->set_project("QUARANTINE");
  order.location->set_experiment_id("E1");
  order.target_project = "HOSPITAL";
  return order;
}

class XnatFixture : public testing::Test {
 protected:
  // One stub for all tests of a program; each sets the world anew.
  static XnatStub& stub() {
    static auto* const kStub = new XnatStub();
    return *kStub;
  }

  XnatFixture() {
    stub().SetWorld(QuarantineWorld());
    options_.url = stub().url();
    SetCredentials("burntin:secret");
    options_.request_timeout = std::chrono::seconds(60);
    options_.move_timeout = std::chrono::seconds(60);
    options_.looks = 3;
  }

  void SetCredentials(const std::string& text) {
    options_.credentials_file = folder_.Write("xnat-credentials", text + "\n");
    chmod(options_.credentials_file.c_str(), 0600);
  }

  // Made at the first use, with the options as they are then.
  XnatConnection& connection() {
    if (connection_ == nullptr) {
      connection_ = std::make_unique<XnatConnection>(options_, &log_);
    }
    return *connection_;
  }
  XnatSessionMover& mover() {
    if (mover_ == nullptr) {
      mover_ = std::make_unique<XnatSessionMover>(
          options_, &connection(), &log_,
          [this](std::chrono::milliseconds) { ++pauses_; });
    }
    return *mover_;
  }

  // By another path than the mover's, for tests of the connection.
  std::string Project(const std::string& experiment) {
    const auto answer =
        connection().Get("/data/experiments/" + experiment + "?format=json");
    if (!answer.ok()) return "an error";
    const auto item = ParseXnatItem(answer->body);
    return item.ok() ? item->project : "no session";
  }

  static std::string ProjectOf(const nlohmann::json& state,
                               const std::string& experiment = "E1") {
    return state.at("projects").at(experiment);
  }

  TempDir folder_;
  XnatOptions options_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  int pauses_ = 0;
  std::unique_ptr<XnatConnection> connection_;
  std::unique_ptr<XnatSessionMover> mover_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_XNAT_XNAT_FIXTURE_H_
