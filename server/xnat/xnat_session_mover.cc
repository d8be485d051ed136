#include "server/xnat/xnat_session_mover.h"

#include <thread>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/xnat/move_errors.h"
#include "server/xnat/session_contents.h"
#include "server/xnat/xnat_url.h"

namespace burntin {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;

constexpr char kJson[] = "format=json";

MoveReport NotMoved(const absl::Status& why) {
  return {MoveReport::Place::kWhereItWas, why};
}

MoveReport Unknown(const absl::Status& why) {
  return {MoveReport::Place::kUnknown, why};
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

absl::Status CheckOrder(const MoveOrder& order) {
  if (IsId(order.location->experiment_id()) &&
      IsId(order.location->project()) && IsId(order.target_project) &&
      order.location->project() != order.target_project) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               "A move needs a session and two different projects, each by an "
               "ID of at most 64 bytes.");
}

}  // namespace

std::chrono::milliseconds LongestMove(const XnatOptions& options) {
  // A question is asked twice, each time after a login and before a check of
  // the account: XnatConnection::Get. Before the move: the session, the target,
  // the label, the subject here and there. Between the two times that it may be
  // asked for: the session. After it: the looks, and the shared subject.
  const int questions = 5 + 1 + options.looks + 1;
  const int requests = 6 * questions;
  // Each is sent twice, each time after a login: XnatConnection::Change.
  const int moves = 2 * 2;
  const int shares = 2;
  return (requests + moves + 2 * shares) * options.request_timeout +
         moves * options.move_timeout + options.looks * options.between_looks;
}

XnatSessionMover::XnatSessionMover(const XnatOptions& options,
                                   XnatConnection* connection, Log* log,
                                   Pause pause, Clock clock)
    : options_(options),
      connection_(connection),
      log_(log),
      pause_(pause ? std::move(pause)
                   : [](std::chrono::milliseconds
                            time) { std::this_thread::sleep_for(time); }),
      clock_(clock ? std::move(clock) : &std::chrono::steady_clock::now),
      start_(clock_()) {}

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

bool XnatSessionMover::AskedLately(const std::string& experiment_id) {
  const MutexLock lock(&mutex_);
  const auto earliest = clock_() - options_.settle_time;
  std::erase_if(asked_,
                [&](const auto& entry) { return entry.second <= earliest; });
  return asked_.contains(experiment_id);
}

void XnatSessionMover::NoteAsked(const std::string& experiment_id) {
  const MutexLock lock(&mutex_);
  asked_[experiment_id] = clock_();
}

absl::Status XnatSessionMover::Check(const MoveOrder& order) {
  if (!order.location) return absl::OkStatus();
  RETURN_IF_ERROR(CheckOrder(order));
  ASSIGN_OR_RETURN(const XnatItem session,
                   LookAt(order.location->experiment_id()));
  if (session.project == order.target_project) return absl::OkStatus();
  if (session.project != order.location->project()) return Elsewhere();
  return Prepare(order, session).status();
}

absl::StatusOr<std::optional<int>> XnatSessionMover::CountObjects(
    const MoveOrder& order) {
  if (!order.location) return std::optional<int>();
  RETURN_IF_ERROR(CheckOrder(order));
  return CountSessionObjects(connection_, order.location->experiment_id());
}

MoveReport XnatSessionMover::Move(const MoveOrder& order) {
  if (!order.location) {
    return {MoveReport::Place::kNobodyMoves, absl::OkStatus()};
  }
  const absl::Status valid = CheckOrder(order);
  if (!valid.ok()) return NotMoved(valid);
  const std::string& experiment_id = order.location->experiment_id();
  const std::shared_ptr<std::mutex> session = LockOf(experiment_id);
  const std::lock_guard<std::mutex> lock(*session);
  MoveReport report = MoveOne(order);
  // That this call has moved nothing does not end one that may still go on.
  if (report.place == MoveReport::Place::kWhereItWas &&
      AskedLately(experiment_id)) {
    report.place = MoveReport::Place::kUnknown;
  }
  LogReport("xnat_move", order, report);
  return report;
}

MoveReport XnatSessionMover::Locate(const MoveOrder& order) {
  if (!order.location) {
    return {MoveReport::Place::kNobodyMoves, absl::OkStatus()};
  }
  const absl::Status valid = CheckOrder(order);
  if (!valid.ok()) return Unknown(valid);
  const std::string& experiment_id = order.location->experiment_id();
  const std::shared_ptr<std::mutex> session = LockOf(experiment_id);
  const std::lock_guard<std::mutex> lock(*session);
  MoveReport report = Look(order);
  LogReport("xnat_look", order, report);
  return report;
}

MoveReport XnatSessionMover::Look(const MoveOrder& order) {
  const absl::StatusOr<XnatItem> seen = LookAt(order.location->experiment_id());
  if (!seen.ok()) return Unknown(seen.status());
  if (seen->project == order.target_project) {
    return {MoveReport::Place::kInTarget, absl::OkStatus()};
  }
  if (seen->project != order.location->project()) return Unknown(Elsewhere());
  const bool settled = clock_() - start_ >= options_.settle_time &&
                       !AskedLately(order.location->experiment_id());
  return settled ? NotMoved(DidNotMove()) : Unknown(StillMoving());
}

void XnatSessionMover::LogReport(std::string_view event, const MoveOrder& order,
                                 const MoveReport& report) {
  const auto reason = ReasonOf(report.why);
  const bool moved = report.place == MoveReport::Place::kInTarget;
  const bool known = report.place != MoveReport::Place::kUnknown;
  log_->Write(moved ? LogLevel::kInfo : LogLevel::kWarning, event,
              {{"operation_id", order.operation_id},
               {"place", std::string(moved   ? "in_target"
                                     : known ? "where_it_was"
                                             : "unknown")},
               {"reason", std::string(reason ? ReasonName(*reason) : "")}});
}

MoveReport XnatSessionMover::MoveOne(const MoveOrder& order) {
  const absl::StatusOr<XnatItem> session =
      LookAt(order.location->experiment_id());
  if (!session.ok()) return NotMoved(session.status());
  if (session->project == order.target_project) {
    Plan plan;
    plan.session = *session;
    // The session is there, whatever becomes of its subject.
    if (PlanSubject(order, &plan).ok()) return Moved(order, plan);
    return {MoveReport::Place::kInTarget, absl::OkStatus()};
  }
  if (session->project != order.location->project()) {
    return Unknown(Elsewhere());
  }
  const absl::StatusOr<Plan> plan = Prepare(order, *session);
  if (!plan.ok()) return NotMoved(plan.status());
  const MoveReport report = AskAndLook(order, *plan);
  if (report.place == MoveReport::Place::kUnknown) {
    NoteAsked(order.location->experiment_id());
  }
  return report;
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
      connection_->Get(ProjectPath(order.target_project) + "?" + kJson));
  if (answer.status == kNotFound || answer.status == kForbidden) {
    return TargetUnknown();
  }
  if (answer.status != kOk) return Unexpected(answer.status);
  ASSIGN_OR_RETURN(const XnatItem project, ParseXnatItem(answer.body));
  // XNAT also finds a project by an alias, and would then not answer its name.
  return project.id == order.target_project ? absl::OkStatus()
                                            : TargetUnknown();
}

absl::Status XnatSessionMover::CheckLabelIsFree(const MoveOrder& order,
                                                const XnatItem& session) {
  ASSIGN_OR_RETURN(
      const HttpAnswer answer,
      connection_->Get(ProjectPath(order.target_project) + "/experiments/" +
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
  if (plan->subject.project == order.target_project) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const HttpAnswer answer,
      connection_->Get(ProjectPath(order.target_project) + "/subjects/" +
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
  move.path = ProjectPath(order.location->project()) + "/subjects/" +
              EscapeUrl(plan.session.subject_id) + "/experiments/" +
              EscapeUrl(order.location->experiment_id()) + "/projects/" +
              EscapeUrl(order.target_project) + "?primary=true&" + kJson +
              "&label=" + EscapeUrl(plan.session.label.Reveal()) +
              "&event_reason=" + EscapeUrl("burntin release") +
              "&event_comment=" + EscapeUrl(order.operation_id);
  move.timeout = options_.move_timeout;
  return connection_->Change(std::move(move));
}

MoveReport XnatSessionMover::AskAndLook(const MoveOrder& order,
                                        const Plan& plan) {
  HttpOutcome asked = Ask(order, plan);
  if (asked.answer.ok() && IsLoginPage(*asked.answer)) {
    // Most likely XNAT had forgotten the session and has done nothing. If it
    // has moved all the same, asking again does no harm.
    const absl::StatusOr<XnatItem> seen =
        LookAt(order.location->experiment_id());
    if (!seen.ok()) return Unknown(seen.status());
    if (seen->project == order.location->project()) asked = Ask(order, plan);
  }
  if (!asked.may_have_arrived) return NotMoved(asked.answer.status());
  if (!asked.answer.ok())
    return LookForMove(order, plan, asked.answer.status());
  const int status = asked.answer->status;
  if (!EndsWithRefusal(status)) {
    return LookForMove(order, plan, Unexpected(status));
  }
  const absl::StatusOr<XnatItem> seen = LookAt(order.location->experiment_id());
  if (!seen.ok()) return Unknown(seen.status());
  if (seen->project == order.target_project) return Moved(order, plan);
  if (seen->project != order.location->project())
    return Unknown(WhyNot(status));
  return NotMoved(WhyNot(status));
}

MoveReport XnatSessionMover::LookForMove(const MoveOrder& order,
                                         const Plan& plan,
                                         const absl::Status& why) {
  for (int look = 0; look < options_.looks; ++look) {
    if (look > 0) pause_(options_.between_looks);
    const absl::StatusOr<XnatItem> seen =
        LookAt(order.location->experiment_id());
    if (seen.ok() && seen->project == order.target_project) {
      return Moved(order, plan);
    }
  }
  return Unknown(why);
}

MoveReport XnatSessionMover::Moved(const MoveOrder& order, const Plan& plan) {
  if (plan.share_subject && !ShareSubject(order, plan)) {
    log_->Write(LogLevel::kWarning, "xnat_subject_not_shared",
                {{"operation_id", order.operation_id}});
  }
  return {MoveReport::Place::kInTarget, absl::OkStatus()};
}

bool XnatSessionMover::ShareSubject(const MoveOrder& order, const Plan& plan) {
  const std::string label = EscapeUrl(plan.subject.label.Reveal());
  HttpRequest share;
  share.method = "PUT";
  share.path = ProjectPath(plan.subject.project) + "/subjects/" +
               EscapeUrl(plan.subject.id) + "/projects/" +
               EscapeUrl(order.target_project) + "?" + kJson +
               "&label=" + label;
  share.timeout = options_.request_timeout;
  connection_->Change(std::move(share)).answer.status().IgnoreError();
  const absl::StatusOr<HttpAnswer> answer = connection_->Get(
      ProjectPath(order.target_project) + "/subjects/" + label + "?" + kJson);
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

}  // namespace burntin
