// inspect: gets a report for each file, from a detector in this process or
// from a server. This header: what both ways have in common.
#ifndef BURNTIN_CLIENT_INSPECT_INSPECTOR_H_
#define BURNTIN_CLIENT_INSPECT_INSPECTOR_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "burntin/v1/report.pb.h"
#include "client/walk/walk.h"
#include "detector/base/error.h"

namespace burntin {

class Inspector {
 public:
  // Takes the report of `files[index]`. Called from any thread, also by
  // several at the same time.
  using Answer = std::function<void(size_t index, v1::InstanceReport report)>;

  virtual ~Inspector() = default;

  // Inspects `files`, which can be read and are not empty, and calls `answer`
  // exactly once for each, in any order, before it returns. What could not be
  // inspected is answered as indeterminate. An error says that the scan itself
  // failed: some of the answers then stand for objects nobody looked at.
  virtual absl::Status InspectAll(std::span<const FoundFile> files,
                                  const Answer& answer) = 0;

  // The most files that are in work at a time; they are taken in their order.
  virtual int max_in_flight() const = 0;
};

// The report of a file that no detector looked at: indeterminate, with
// `reason`. The same whether a server is asked or not.
v1::InstanceReport LocalReport(const FoundFile& file, Reason reason,
                               const std::string& message);

// The report of a file that is answered without an inspector, because it is
// empty or cannot be read.
v1::InstanceReport UninspectableReport(const FoundFile& file);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_INSPECTOR_H_
