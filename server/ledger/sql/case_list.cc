#include "server/ledger/sql/case_list.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "detector/base/status_macros.h"
#include "server/ledger/page_token.h"
#include "server/ledger/sql/case_rows.h"

namespace burntin {
namespace {

constexpr int64_t kAfterAll = std::numeric_limits<int64_t>::max();

// Ascending, each once; all there are if `asked` is empty.
template <typename Enum>
std::vector<int> Values(const std::vector<Enum>& asked, int count) {
  std::vector<int> values;
  for (int value = 1; value <= count; ++value) {
    const bool has =
        std::find(asked.begin(), asked.end(), value) != asked.end();
    if (asked.empty() || has) values.push_back(value);
  }
  return values;
}

constexpr int kStates = 5;
constexpr int kVerdicts = 4;

std::string Join(const std::vector<int>& values) {
  std::string text;
  for (const int value : values) {
    text += (text.empty() ? "" : ",") + std::to_string(value);
  }
  return text.empty() ? "NULL" : text;
}

// Names the list and its filter for the signature of its page tokens.
std::string NameOf(const CaseFilter& filter, const std::vector<int>& states,
                   const std::vector<int>& verdicts) {
  const auto time = [](const std::optional<int64_t>& time_us) {
    return time_us ? std::to_string(*time_us) : std::string("-");
  };
  return "cases/" + Join(states) + "/" + Join(verdicts) + "/" +
         time(filter.create_time_from_us) + "/" +
         time(filter.create_time_until_us) + "/" + filter.study_instance_uid;
}

// The first case that was opened at or after a time: cases are numbered in the
// order of their times.
absl::StatusOr<int64_t> FirstFrom(Connection* connection, int64_t time_us) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection,
                "SELECT case_number FROM cases WHERE create_time >= $1 "
                "ORDER BY create_time, case_number LIMIT 1",
                {time_us}));
  return row ? row->Int(0) : kAfterAll;
}

struct Range {
  int64_t from = 0;
  int64_t before = kAfterAll;
};

absl::StatusOr<Range> RangeOf(Connection* connection, const CaseFilter& filter,
                              const PagePosition& position) {
  Range range;
  range.before = position.last;
  if (filter.create_time_from_us) {
    ASSIGN_OR_RETURN(range.from,
                     FirstFrom(connection, *filter.create_time_from_us));
  }
  if (filter.create_time_until_us) {
    ASSIGN_OR_RETURN(const int64_t until,
                     FirstFrom(connection, *filter.create_time_until_us));
    range.before = std::min(range.before, until);
  }
  return range;
}

constexpr char kInRange[] = "case_number >= $1 AND case_number < $2 ";
constexpr char kLatest[] = "ORDER BY case_number DESC LIMIT $3";

// A statement that answers the numbers of a page's cases.
std::string NumbersSql(const CaseFilter& filter, const std::vector<int>& states,
                       const std::vector<int>& verdicts) {
  const std::string select = "SELECT case_number FROM cases WHERE ";
  if (!filter.study_instance_uid.empty()) {
    return select + kInRange + "AND study_instance_uid = $4 AND state IN (" +
           Join(states) + ") AND verdict IN (" + Join(verdicts) + ") " +
           kLatest;
  }
  if (filter.states.empty() && filter.verdicts.empty()) {
    return select + kInRange + kLatest;
  }
  std::string all;
  for (const int state : states) {
    for (const int verdict : verdicts) {
      all += std::string(all.empty() ? "" : " UNION ALL ") +
             "SELECT case_number FROM (" + select +
             "state = " + std::to_string(state) +
             " AND verdict = " + std::to_string(verdict) + " AND " + kInRange +
             kLatest + ") AS pair";
    }
  }
  if (all.empty()) return select + "1 = 0 AND " + kInRange + kLatest;
  return "SELECT case_number FROM (" + all + ") AS pairs " + kLatest;
}

absl::StatusOr<std::vector<CaseRow>> SelectRows(Connection* connection,
                                                const std::string& numbers_sql,
                                                const SqlValues& values) {
  ASSIGN_OR_RETURN(
      const SqlRows rows,
      connection->Run("SELECT " + CaseColumns() + "WHERE c.case_number IN (" +
                          numbers_sql + ") ORDER BY c.case_number DESC",
                      values));
  std::vector<CaseRow> cases;
  for (const SqlRow& row : rows) {
    ASSIGN_OR_RETURN(CaseRow read, ReadCaseRow(row));
    cases.push_back(std::move(read));
  }
  return cases;
}

}  // namespace

absl::StatusOr<CasePage> SelectCasePage(Connection* connection,
                                        const std::string& secret,
                                        const CaseFilter& filter, int page_size,
                                        const std::string& page_token) {
  const std::vector<int> states = Values(filter.states, kStates);
  const std::vector<int> verdicts = Values(filter.verdicts, kVerdicts);
  const std::string list = NameOf(filter, states, verdicts);
  PagePosition position = {kAfterAll, 0};
  if (!page_token.empty()) {
    ASSIGN_OR_RETURN(position, ReadPageToken(secret, list, page_token));
  }
  ASSIGN_OR_RETURN(const Range range, RangeOf(connection, filter, position));
  SqlValues values = {range.from, range.before, int64_t{page_size} + 1};
  if (!filter.study_instance_uid.empty()) {
    values.emplace_back(filter.study_instance_uid);
  }
  ASSIGN_OR_RETURN(
      std::vector<CaseRow> rows,
      SelectRows(connection, NumbersSql(filter, states, verdicts), values));
  const bool more = rows.size() > static_cast<size_t>(page_size);
  if (more) rows.pop_back();
  CasePage page;
  ASSIGN_OR_RETURN(page.cases, ToCases(connection, rows));
  if (more) {
    position.last = rows.back().case_number;
    page.next_page_token = MakePageToken(secret, list, position);
  }
  return page;
}

absl::StatusOr<OpenCases> SelectOpenCases(Connection* connection) {
  ASSIGN_OR_RETURN(const SqlRows rows,
                   connection->Run("SELECT state, COUNT(*) FROM cases "
                                   "WHERE state IN ($1, $2, $3) GROUP BY state",
                                   {int64_t{v1::CASE_STATE_HELD},
                                    int64_t{v1::CASE_STATE_AWAITING_APPROVAL},
                                    int64_t{v1::CASE_STATE_RELEASING}}));
  OpenCases open;
  for (const SqlRow& row : rows) {
    const int64_t state = row.Int(0);
    const int64_t cases = row.Int(1);
    if (row.damaged()) return DamagedRow();
    if (state == v1::CASE_STATE_HELD) open.held = cases;
    if (state == v1::CASE_STATE_AWAITING_APPROVAL) {
      open.awaiting_approval = cases;
    }
    if (state == v1::CASE_STATE_RELEASING) open.releasing = cases;
  }
  return open;
}

}  // namespace burntin
