// Keeps burntin's report with its session in XNAT, and reads it back.
#ifndef BURNTIN_SERVER_XNAT_XNAT_REPORT_STORE_H_
#define BURNTIN_SERVER_XNAT_XNAT_REPORT_STORE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "server/xnat/xnat_connection.h"

namespace burntin {

// One file of the report. Its bytes may hold PHI; its name must not.
struct ReportFile {
  std::string name;    // letters, digits, ".", "-" and "_", as in a.json
  std::string format;  // XNAT's word for it, as in JSON
  std::string media_type;
  std::string bytes;  // at least one, at most 64 MiB
};

// The resource of a session that holds the files.
inline constexpr char kReportResource[] = "BURNTIN";

// Any number of threads may store at the same time.
class XnatReportStore {
 public:
  // Does not own the connection, which outlives the store.
  XnatReportStore(const XnatOptions& options, XnatConnection* connection)
      : options_(options), connection_(connection) {}

  // Stores the file, over one of the same name, lists it and reads it back.
  // OK only if XNAT has exactly these bytes, exactly once: XNAT answers 200
  // also where it has stored nothing. Fails with INVALID_ARGUMENT,
  // SESSION_NOT_FOUND, XNAT_REFUSED, XNAT_UNAVAILABLE. May be repeated.
  absl::Status Store(const std::string& experiment_id, const ReportFile& file);

 private:
  absl::Status MakeResource(const std::string& resource_path);
  absl::Status Upload(const std::string& resource_path, const ReportFile& file);
  absl::Status CheckListed(const std::string& resource_path,
                           const ReportFile& file);
  absl::Status CheckBytes(const std::string& resource_path,
                          const ReportFile& file);

  const XnatOptions options_;
  XnatConnection* connection_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_XNAT_REPORT_STORE_H_
