// Page tokens: where a list goes on, signed, so that a token that was changed,
// or made for another list or filter, is refused. Pure.
#ifndef BURNTIN_SERVER_LEDGER_PAGE_TOKEN_H_
#define BURNTIN_SERVER_LEDGER_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace burntin {

struct PagePosition {
  int64_t last = 0;   // number of the last row that was answered
  int64_t bound = 0;  // number of the last row that the list has at all

  friend bool operator==(const PagePosition&, const PagePosition&) = default;
};

// `list` names the list with its filter; `secret` is the ledger's.
std::string MakePageToken(const std::string& secret, const std::string& list,
                          const PagePosition& position);

// INVALID_ARGUMENT unless MakePageToken made it from the same three.
absl::StatusOr<PagePosition> ReadPageToken(const std::string& secret,
                                           const std::string& list,
                                           const std::string& token);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_PAGE_TOKEN_H_
