// Sessions as files in folders, one folder for each project: what a move does
// is on the disk, so that it outlives a process that is killed.
#ifndef BURNTIN_TESTS_SERVER_QUARANTINE_FOLDER_MOVER_H_
#define BURNTIN_TESTS_SERVER_QUARANTINE_FOLDER_MOVER_H_

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/quarantine/session_mover.h"

namespace burntin {

class FolderMover final : public SessionMover {
 public:
  explicit FolderMover(std::string root) : root_(std::move(root)) {
    for (const char* project : {"QUARANTINE", "HOSPITAL"}) {
      std::filesystem::create_directories(root_ + "/" + project);
    }
  }

  void AddSession(const std::string& experiment_id) {
    std::ofstream(Path("QUARANTINE", experiment_id)) << "pixels";
  }

  // The projects that hold a session.
  std::vector<std::string> ProjectsOf(const std::string& experiment_id) const {
    std::vector<std::string> projects;
    for (const auto& entry : std::filesystem::directory_iterator(root_)) {
      if (std::filesystem::exists(entry.path() / experiment_id)) {
        projects.push_back(entry.path().filename().string());
      }
    }
    return projects;
  }

  absl::Status Check(const MoveOrder& order) override {
    if (!std::filesystem::exists(root_ + "/" + order.target_project)) {
      return Error(Reason::kTargetProjectUnknown, "No such project.");
    }
    if (label_conflict) return Error(Reason::kLabelConflict, "Label is there.");
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<int>> CountObjects(const MoveOrder&) override {
    return objects;
  }

  MoveReport Move(const MoveOrder& order) override {
    ++moves;
    const std::string& experiment = order.location->experiment_id();
    std::error_code error;
    if (!refuses) {
      std::filesystem::rename(Path(order.location->project(), experiment),
                              Path(order.target_project, experiment), error);
    }
    if (answers_unknown) return Unknown();
    return Locate(order);
  }

  MoveReport Locate(const MoveOrder& order) override {
    if (answers_unknown) return Unknown();
    const std::string& experiment = order.location->experiment_id();
    if (std::filesystem::exists(Path(order.target_project, experiment))) {
      return {MoveReport::Place::kInTarget, absl::OkStatus()};
    }
    return {MoveReport::Place::kWhereItWas,
            Error(Reason::kXnatUnavailable, "Not moved.")};
  }

  int moves = 0;                 // calls of Move
  std::optional<int> objects;    // of each session
  bool label_conflict = false;   // what Check says
  bool refuses = false;          // Move moves nothing
  bool answers_unknown = false;  // nobody can tell where a session is

 private:
  static MoveReport Unknown() {
    return {MoveReport::Place::kUnknown,
            Error(Reason::kXnatUnavailable, "No answer.")};
  }

  std::string Path(const std::string& project,
                   const std::string& experiment_id) const {
    return root_ + "/" + project + "/" + experiment_id;
  }

  const std::string root_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_QUARANTINE_FOLDER_MOVER_H_
