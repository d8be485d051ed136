#include "server/xnat/xnat_session_mover.h"

#include <thread>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/xnat/xnat_url.h"

namespace burntin {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kTimeout = 408;
constexpr int kConflict = 409;
constexpr int kServerError = 500;

constexpr char kJson[] = "format=json";

MoveResult NotMoved(const absl::Status& why) {
  return {MoveState::kNotMoved, why};
}

MoveResult Unknown(const absl::Status& why) {
  return {MoveState::kUnknown, why};
}

absl::Status LabelConflict() {
  return Error(Reason::kLabelConflict,
               "The target project holds a session of that label. Nothing was "
               "moved. Rename one of the two sessions.");
}

absl::Status TargetUnknown() {
  return Error(Reason::kTargetProjectUnknown,
               "XNAT has no target project of that ID that burntind's account "
               "may read. Name another project.");
}

absl::Status Refused() {
  return Error(Reason::kXnatRefused,
               "XNAT does not let burntind's account do this. Make it an "
               "owner of both projects.");
}

absl::Status Unexpected(int status) {
  return Error(Reason::kXnatUnavailable, "XNAT answered with the HTTP status " +
                                             std::to_string(status) +
                                             ". Look into XNAT's log.");
}

// Why XNAT did not do what it was asked, by its answer.
absl::Status WhyNot(int status) {
  switch (status) {
    case kUnauthorized:
    case kForbidden:
      return Refused();
    case kNotFound:
      return TargetUnknown();
    case kConflict:
      return LabelConflict();
    default:
      return Unexpected(status);
  }
}

// Whether XNAT itself has ended the request with a refusal, so that nothing of
// it goes on. A gateway's answer (502 to 504) does not tell that, nor does a
// success.
bool EndsWithRefusal(int status) {
  return (status >= kBadRequest && status < kServerError &&
          status != kTimeout) ||
         status == kServerError;
}

std::string ProjectPath(const std::string& project) {
  return "/data/projects/" + EscapeUrl(project);
}

// What XNAT shows to those who are not logged in.
bool IsLoginPage(const HttpAnswer& answer) {
  return (answer.status >= 300 && answer.status < kBadRequest) ||
         (answer.status == kOk && answer.content_type == "text/html");
}

bool IsId(const std::string& text) {
  return !text.empty() && text.size() <= 64;
}

}  // namespace

XnatSessionMover::XnatSessionMover(const XnatOptions& options,
                                   XnatConnection* connection, Log* log,
                                   Pause pause)
    : options_(options),
      connection_(connection),
      log_(log),
      pause_(std::move(pause)) {
  if (pause_) return;
  pause_ = [](std::chrono::milliseconds time) {
    std::this_thread::sleep_for(time);
  };
}

std::shared_ptr<std::mutex> XnatSessionMover::LockOf(
    const std::string& experiment_id) {
  const MutexLock lock(&mutex_);
  std::erase_if(locks_,
                [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<std::mutex>& known = locks_[experiment_id];
  std::shared_ptr<std::mutex> shared = known.lock();
  if (shared == nullptr) known = shared = std::make_shared<std::mutex>();
  return shared;
}

MoveResult XnatSessionMover::MoveSession(const MoveOrder& order) {
  if (!IsId(order.experiment_id) || !IsId(order.from_project) ||
      !IsId(order.to_project) || order.from_project == order.to_project) {
    return NotMoved(Error(Reason::kInvalidArgument,
                          "A move needs a session and two different projects, "
                          "each by an ID of at most 64 bytes."));
  }
  const std::shared_ptr<std::mutex> session = LockOf(order.experiment_id);
  const std::lock_guard<std::mutex> lock(*session);
  const MoveResult outcome = Move(order);
  const auto reason = ReasonOf(outcome.why);
  log_->Write(
      outcome.state == MoveState::kMoved ? LogLevel::kInfo : LogLevel::kWarning,
      "xnat_move",
      {{"operation_id", order.operation_id},
       {"state",
        std::string(outcome.state == MoveState::kMoved      ? "moved"
                    : outcome.state == MoveState::kNotMoved ? "not_moved"
                                                            : "unknown")},
       {"reason", std::string(reason ? ReasonName(*reason) : "")},
       {"subject_in_target", outcome.subject_in_target}});
  return outcome;
}

MoveResult XnatSessionMover::Move(const MoveOrder& order) {
  const absl::StatusOr<XnatItem> session = LookAt(order.experiment_id);
  if (!session.ok()) return NotMoved(session.status());
  if (session->project == order.to_project) {
    Plan plan;
    plan.session = *session;
    // The session is there, whatever becomes of its subject.
    if (!PlanSubject(order, &plan).ok()) {
      return {MoveState::kMoved, absl::OkStatus()};
    }
    return Moved(order, plan);
  }
  if (session->project != order.from_project) {
    return NotMoved(Error(Reason::kSessionElsewhere,
                          "The session is in neither the project it was in "
                          "nor its target. Find out who moved it."));
  }
  const absl::StatusOr<Plan> plan = Prepare(order, *session);
  if (!plan.ok()) return NotMoved(plan.status());
  return AskAndLook(order, *plan);
}

absl::StatusOr<XnatSessionMover::Plan> XnatSessionMover::Prepare(
    const MoveOrder& order, const XnatItem& session) {
  Plan plan;
  plan.session = session;
  if (session.label.empty() || session.subject_id.empty()) {
    return Error(Reason::kXnatUnavailable,
                 "XNAT does not name the session's label or subject, so it "
                 "cannot be moved. Look at the session in XNAT.");
  }
  RETURN_IF_ERROR(CheckTarget(order));
  RETURN_IF_ERROR(CheckLabelIsFree(order, session));
  RETURN_IF_ERROR(PlanSubject(order, &plan));
  return plan;
}

absl::Status XnatSessionMover::CheckTarget(const MoveOrder& order) {
  ASSIGN_OR_RETURN(
      const HttpAnswer answer,
      connection_->Get(ProjectPath(order.to_project) + "?" + kJson));
  if (answer.status == kNotFound || answer.status == kForbidden) {
    return TargetUnknown();
  }
  if (answer.status != kOk) return Unexpected(answer.status);
  ASSIGN_OR_RETURN(const XnatItem project, ParseXnatItem(answer.body));
  // XNAT also finds a project by an alias, and would then not answer its name.
  return project.id == order.to_project ? absl::OkStatus() : TargetUnknown();
}

absl::Status XnatSessionMover::CheckLabelIsFree(const MoveOrder& order,
                                                const XnatItem& session) {
  ASSIGN_OR_RETURN(
      const HttpAnswer answer,
      connection_->Get(ProjectPath(order.to_project) + "/experiments/" +
                       EscapeUrl(session.label.Reveal()) + "?" + kJson));
  if (answer.status == kNotFound) return absl::OkStatus();
  if (answer.status == kForbidden) return Refused();
  if (answer.status != kOk) return Unexpected(answer.status);
  ASSIGN_OR_RETURN(const XnatItem found, ParseXnatItem(answer.body));
  // The session itself, if it is shared with the target already.
  return found.id == session.id ? absl::OkStatus() : LabelConflict();
}

absl::Status XnatSessionMover::PlanSubject(const MoveOrder& order, Plan* plan) {
  ASSIGN_OR_RETURN(
      const HttpAnswer own,
      connection_->Get("/data/subjects/" + EscapeUrl(plan->session.subject_id) +
                       "?" + kJson));
  if (own.status == kForbidden) return Refused();
  if (own.status != kOk) return Unexpected(own.status);
  ASSIGN_OR_RETURN(plan->subject, ParseXnatItem(own.body));
  if (plan->subject.project == order.to_project) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const HttpAnswer answer,
      connection_->Get(ProjectPath(order.to_project) + "/subjects/" +
                       EscapeUrl(plan->subject.label.Reveal()) + "?" + kJson));
  if (answer.status != kOk && answer.status != kNotFound) {
    return WhyNot(answer.status);
  }
  plan->share_subject = answer.status == kNotFound;
  return absl::OkStatus();
}

HttpOutcome XnatSessionMover::Ask(const MoveOrder& order, const Plan& plan) {
  HttpRequest move;
  move.method = "PUT";
  move.path = ProjectPath(order.from_project) + "/subjects/" +
              EscapeUrl(plan.session.subject_id) + "/experiments/" +
              EscapeUrl(order.experiment_id) + "/projects/" +
              EscapeUrl(order.to_project) + "?primary=true&" + kJson +
              "&label=" + EscapeUrl(plan.session.label.Reveal()) +
              "&event_reason=" + EscapeUrl("burntin release") +
              "&event_comment=" + EscapeUrl(order.operation_id);
  move.timeout = options_.move_timeout;
  return connection_->Change(std::move(move));
}

MoveResult XnatSessionMover::AskAndLook(const MoveOrder& order,
                                        const Plan& plan) {
  HttpOutcome asked = Ask(order, plan);
  if (asked.answer.ok() && IsLoginPage(*asked.answer)) {
    // Most likely XNAT had forgotten the session and has done nothing. If it
    // has moved all the same, asking again does no harm.
    const absl::StatusOr<XnatItem> seen = LookAt(order.experiment_id);
    if (!seen.ok()) return Unknown(seen.status());
    if (seen->project == order.from_project) asked = Ask(order, plan);
  }
  if (!asked.may_have_arrived) return NotMoved(asked.answer.status());
  if (!asked.answer.ok())
    return LookForMove(order, plan, asked.answer.status());
  const int status = asked.answer->status;
  if (!EndsWithRefusal(status)) {
    return LookForMove(order, plan, Unexpected(status));
  }
  const absl::StatusOr<XnatItem> seen = LookAt(order.experiment_id);
  if (!seen.ok()) return Unknown(seen.status());
  if (seen->project == order.to_project) return Moved(order, plan);
  if (seen->project != order.from_project) return Unknown(WhyNot(status));
  return NotMoved(WhyNot(status));
}

MoveResult XnatSessionMover::LookForMove(const MoveOrder& order,
                                         const Plan& plan,
                                         const absl::Status& why) {
  for (int look = 0; look < options_.looks; ++look) {
    if (look > 0) pause_(options_.between_looks);
    const absl::StatusOr<XnatItem> seen = LookAt(order.experiment_id);
    if (seen.ok() && seen->project == order.to_project) {
      return Moved(order, plan);
    }
  }
  return Unknown(why);
}

MoveResult XnatSessionMover::Moved(const MoveOrder& order, const Plan& plan) {
  MoveResult moved{MoveState::kMoved, absl::OkStatus()};
  moved.subject_in_target = !plan.share_subject || ShareSubject(order, plan);
  return moved;
}

bool XnatSessionMover::ShareSubject(const MoveOrder& order, const Plan& plan) {
  const std::string label = EscapeUrl(plan.subject.label.Reveal());
  HttpRequest share;
  share.method = "PUT";
  share.path = ProjectPath(plan.subject.project) + "/subjects/" +
               EscapeUrl(plan.subject.id) + "/projects/" +
               EscapeUrl(order.to_project) + "?" + kJson + "&label=" + label;
  share.timeout = options_.request_timeout;
  connection_->Change(std::move(share)).answer.status().IgnoreError();
  const absl::StatusOr<HttpAnswer> answer = connection_->Get(
      ProjectPath(order.to_project) + "/subjects/" + label + "?" + kJson);
  if (!answer.ok() || answer->status != kOk) return false;
  const absl::StatusOr<XnatItem> found = ParseXnatItem(answer->body);
  return found.ok() && found->id == plan.subject.id;
}

absl::StatusOr<XnatItem> XnatSessionMover::LookAt(
    const std::string& experiment_id) {
  ASSIGN_OR_RETURN(const HttpAnswer answer,
                   connection_->Get("/data/experiments/" +
                                    EscapeUrl(experiment_id) + "?" + kJson));
  if (answer.status == kNotFound) {
    return Error(Reason::kSessionNotFound,
                 "XNAT has no session of that ID that burntind's account may "
                 "read. Look for it in XNAT.");
  }
  if (answer.status == kForbidden) return Refused();
  if (answer.status != kOk) return Unexpected(answer.status);
  ASSIGN_OR_RETURN(XnatItem session, ParseXnatItem(answer.body));
  if (session.id != experiment_id || session.project.empty()) {
    return Error(Reason::kXnatUnavailable,
                 "XNAT answered about another session than it was asked for. "
                 "Check xnat.url.");
  }
  return session;
}

absl::StatusOr<std::string> XnatSessionMover::WhereIs(
    const std::string& experiment_id) {
  if (!IsId(experiment_id)) {
    return Error(Reason::kInvalidArgument,
                 "A session has an ID of at most 64 bytes.");
  }
  ASSIGN_OR_RETURN(const XnatItem session, LookAt(experiment_id));
  return session.project;
}

}  // namespace burntin
