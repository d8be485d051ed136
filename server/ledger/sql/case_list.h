// The list of cases, page by page.
#ifndef BURNTIN_SERVER_LEDGER_SQL_CASE_LIST_H_
#define BURNTIN_SERVER_LEDGER_SQL_CASE_LIST_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/ledger/records.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

// See Ledger::ListCases. The time of a page does not depend on the number of
// cases: each pair of a state and a verdict is read in the order of an index
// of its own, and no further than the page goes.
absl::StatusOr<CasePage> SelectCasePage(Connection* connection,
                                        const std::string& secret,
                                        const CaseFilter& filter, int page_size,
                                        const std::string& page_token);

// See Ledger::CountOpenCases.
absl::StatusOr<OpenCases> SelectOpenCases(Connection* connection);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_CASE_LIST_H_
