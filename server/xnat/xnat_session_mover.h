// Moves sessions between XNAT's projects as XNAT's own page does, and believes
// only what it has read back.
//
// What was learnt of XNAT's REST interface, and what follows:
// - A move may be answered with 409 or 500 although it took effect, and with
//   200 although it did not: each answer is followed by a look.
// - A move goes on in XNAT after its connection was lost: unless the session
//   is then seen in its target, the outcome is unknown, not "not moved", until
//   `settle_time` has passed.
// - A label that the target has already may make XNAT move files before it
//   refuses: so the target is asked for the label first.
// - The session's assessors stay where they are: nobody has inspected them.
#ifndef BURNTIN_SERVER_XNAT_XNAT_SESSION_MOVER_H_
#define BURNTIN_SERVER_XNAT_XNAT_SESSION_MOVER_H_

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/log/log.h"
#include "server/quarantine/session_mover.h"
#include "server/xnat/xnat_answers.h"
#include "server/xnat/xnat_connection.h"

namespace burntin {

// The longest that a move may take with all its looks and logins, each
// request until its time-out; the wait for another move of the same session
// not counted.
std::chrono::milliseconds LongestMove(const XnatOptions& options);

class XnatSessionMover final : public SessionMover {
 public:
  using Pause = std::function<void(std::chrono::milliseconds)>;
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // Owns neither connection nor log; both outlive the mover. `pause` waits
  // between two looks, by default it sleeps; `clock` is the system's by
  // default.
  XnatSessionMover(const XnatOptions& options, XnatConnection* connection,
                   Log* log, Pause pause = {}, Clock clock = {});

  // A session without a location is not in XNAT: nothing is checked, and
  // nobody moves it. Beside what the interface says, all three may fail with
  // SESSION_NOT_FOUND, SESSION_ELSEWHERE (in neither project), XNAT_REFUSED
  // and INVALID_ARGUMENT.
  absl::Status Check(const MoveOrder& order) override;

  absl::StatusOr<std::optional<int>> CountObjects(
      const MoveOrder& order) override;

  // Calls for one session wait for each other.
  MoveReport Move(const MoveOrder& order) override;

  // A session that is where it was is reported so only when `settle_time` has
  // passed since this mover was made or has last asked for the move: until
  // then XNAT may still be at it.
  MoveReport Locate(const MoveOrder& order) override;

 private:
  struct Plan {
    XnatItem session;
    XnatItem subject;
    bool share_subject = false;  // the target has none of that label
  };

  MoveReport MoveOne(const MoveOrder& order);
  MoveReport AskAndLook(const MoveOrder& order, const Plan& plan);
  HttpOutcome Ask(const MoveOrder& order, const Plan& plan);
  // After an answer that does not tell how it ended.
  MoveReport LookForMove(const MoveOrder& order, const Plan& plan,
                         const absl::Status& why);
  MoveReport Moved(const MoveOrder& order, const Plan& plan);
  absl::StatusOr<Plan> Prepare(const MoveOrder& order, const XnatItem& session);
  absl::Status CheckTarget(const MoveOrder& order);
  absl::Status CheckLabelIsFree(const MoveOrder& order,
                                const XnatItem& session);
  absl::Status PlanSubject(const MoveOrder& order, Plan* plan);
  bool ShareSubject(const MoveOrder& order, const Plan& plan);
  absl::StatusOr<XnatItem> LookAt(const std::string& experiment_id);

  MoveReport Look(const MoveOrder& order);
  void LogReport(std::string_view event, const MoveOrder& order,
                 const MoveReport& report);
  // Whether a move was asked for within `settle_time` and not seen to end.
  bool AskedLately(const std::string& experiment_id);
  void NoteAsked(const std::string& experiment_id);

  // Held by the calls that move one session; gone when none does.
  std::shared_ptr<std::mutex> LockOf(const std::string& experiment_id);

  const XnatOptions options_;
  XnatConnection* connection_;
  Log* log_;
  Pause pause_;
  Clock clock_;
  const std::chrono::steady_clock::time_point start_;
  Mutex mutex_;
  std::map<std::string, std::weak_ptr<std::mutex>> locks_
      ABSL_GUARDED_BY(mutex_);
  // When a session's move was last asked for and not seen to end.
  std::map<std::string, std::chrono::steady_clock::time_point> asked_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_XNAT_SESSION_MOVER_H_
