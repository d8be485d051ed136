#include "client/batch/transient.h"

#include <algorithm>
#include <array>
#include <optional>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr std::array kTransient = {
    Reason::kFileUnreadable,   Reason::kDecoderCrashed,
    Reason::kDecoderTimedOut,  Reason::kModelNotLoaded,
    Reason::kEngineFailed,     Reason::kCancelled,
    Reason::kDeadlineExceeded, Reason::kInternalFailure};

bool IsTransient(const v1::Reason& reason) {
  const std::optional<Reason> known = ReasonFromName(reason.code());
  return known && std::find(kTransient.begin(), kTransient.end(), *known) !=
                      kTransient.end();
}

}  // namespace

bool MayBeTransient(const v1::InstanceReport& report) {
  return report.verdict() != v1::VERDICT_CLEAR &&
         report.verdict() != v1::VERDICT_REVIEW &&
         report.verdict() != v1::VERDICT_IDENTIFYING &&
         std::any_of(report.reasons().begin(), report.reasons().end(),
                     IsTransient);
}

}  // namespace burntin
